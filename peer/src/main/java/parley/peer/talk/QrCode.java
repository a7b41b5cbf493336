package parley.peer.talk;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A QR code (ISO/IEC 18004) in characters: each is two modules, one above the other. Drawn light on dark as most
 * terminals are, with the quiet zone that readers need; phones read it both ways round.
 */
final class QrCode {
    private static final int QUIET_MODULES = 2;

    static List<String> of(String digits) {
        var modules = modules(digits);
        var rows = new ArrayList<String>();
        for (int y = 0; y < modules.getHeight(); y += 2) {
            var row = new StringBuilder();
            for (int x = 0; x < modules.getWidth(); x++) {
                boolean upper = !modules.get(x, y);
                boolean lower = y + 1 >= modules.getHeight() || !modules.get(x, y + 1);
                row.append(upper ? lower ? '\u2588' : '\u2580' : lower ? '\u2584' : ' ');
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static BitMatrix modules(String digits) {
        try {
            // One pixel a module: the writer takes as many as it needs where none are asked for.
            return new QRCodeWriter()
                    .encode(digits, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, QUIET_MODULES));
        } catch (WriterException impossible) {
            throw new IllegalStateException("sixty digits fit every QR code", impossible);
        }
    }

    private QrCode() {}
}
