package parley.proving.broken.registry.gate;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Waits in every way there is. */
public final class Sleepy {
    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    String joins(CompletableFuture<String> answer) {
        return answer.join();
    }

    String gets(Future<String> answer) throws Exception {
        return answer.get();
    }

    String takes(BlockingQueue<String> answers) throws InterruptedException {
        return answers.take();
    }

    Function<CompletableFuture<String>, String> joinsByReference() {
        return CompletableFuture::join;
    }
}
