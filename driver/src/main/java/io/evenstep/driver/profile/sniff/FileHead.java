package io.evenstep.driver.profile.sniff;

import io.evenstep.driver.data.file.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The beginning of a file as text.
 *
 * @param text without a byte order mark
 * @param charset its encoding
 * @param why reason for the encoding
 * @param whole whether it is the whole file
 */
public record FileHead(String text, Charset charset, String why, boolean whole) {
  private static final char MARK = '\uFEFF';

  /**
   * Reads the beginning of a file, decompressed by its extension.
   *
   * @param most bytes to read
   */
  static FileHead read(Configuration conf, Path file, int most) throws IOException {
    try (InputStream in = SourceFiles.open(conf, file)) {
      byte[] bytes = in.readNBytes(most);
      return of(bytes, bytes.length < most);
    }
  }

  public static FileHead of(byte[] bytes, boolean whole) {
    if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF)) {
      return decoded(
          bytes, StandardCharsets.UTF_16, "it starts with a UTF-16 byte order mark", whole);
    } else if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
      return decoded(
          bytes, StandardCharsets.UTF_8, "it starts with a UTF-8 byte order mark", whole);
    } else if (isUtf8(bytes, whole)) {
      return decoded(bytes, StandardCharsets.UTF_8, "all bytes are valid UTF-8", whole);
    }
    return decoded(
        bytes,
        Charset.forName("windows-1252"),
        "some bytes are not valid UTF-8; check accented letters",
        whole);
  }

  private static FileHead decoded(byte[] bytes, Charset charset, String why, boolean whole) {
    String text = new String(bytes, charset);
    boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
    return new FileHead(marked ? text.substring(1) : text, charset, why, whole);
  }

  private static boolean begins(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** The last character of the beginning may be incomplete. */
  private static boolean isUtf8(byte[] bytes, boolean whole) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, whole);
    return !result.isError();
  }
}
