package parley.peer;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** Where commands come from and lines go to when there is no terminal. */
record Pipe(InputStream in, OutputStream out) {
    static Pipe standard() {
        return new Pipe(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }
}
