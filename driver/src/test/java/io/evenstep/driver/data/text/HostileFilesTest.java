package io.evenstep.driver.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.file.LineTooLongException;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.Specs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Malicious files are refused quickly, with a clear message. */
class HostileFilesTest extends HostileSources {
  @Test
  void svmlightErrorsNameTheRow() throws IOException {
    String file =
        text("t.svm", "1 1:1 3:7", "# no row", "a 1:1", "1 2:x", "1 3:1 2:1", "1 0:1", "1 7");
    refuses(
        Specs.of(Specs.source(Format.SVMLIGHT, file)),
        "Invalid data in "
            + file
            + ", row 2: must be LABEL INDEX:VALUE INDEX:VALUE ..., got a 1:1; 2 more like it: 2:x"
            + " in row 3, 7 in row 6",
        file + ", row 4: indices must be ascending, got 2:1",
        file + ", row 5: indices must be from 1 to 3, got 0:1");
    String huge = text("huge.svm", "1 1:1", "0 2147483647:1");
    refuses(
        Specs.of(Specs.source(Format.SVMLIGHT, huge)),
        "row 2: indices must be from 1 to 1, got 2147483647:1");
  }

  @Test
  void idxWithHugeDimensions() throws IOException {
    for (int[] sizes :
        new int[][] {{2, 65536, 65536}, {1, 2147483647, 2147483647}, {9, 30000, 3000}}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(0x803);
      for (int size : sizes) {
        out.writeInt(size);
      }
      String file = SampleFiles.write(folder.resolve("i"), bytes.toByteArray());
      refuses(
          Specs.of(Specs.idx(file, file)),
          "Cannot read " + file + ": an item must have at most 67108864 bytes, got dimensions [");
    }
  }

  @Test
  void aLineWithoutAnEnd() throws IOException {
    for (String name : List.of("long.csv.gz", "long.svm.gz", "long.json.gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) '7');
        for (int i = 0; i < 65; i++) {
          out.write(block);
        }
      }
    }
    String rule = ": a line must have at most 67108864 bytes, got more";
    String csv = folder.resolve("long.csv.gz").toString();
    String svm = folder.resolve("long.svm.gz").toString();
    String json = folder.resolve("long.json.gz").toString();
    refuses(Specs.csv(csv), "Cannot read " + csv + rule);
    refuses(Specs.of(Specs.source(Format.SVMLIGHT, svm)), "Cannot read " + svm + rule);
    refuses(Specs.of(Specs.spark("json", Map.of(), json)), "Cannot read " + json + rule);
  }

  @Test
  void aLineOfAsManyBytesAsThereMayBe() throws IOException {
    String file = text("lines.txt", "12345", "123456", "1");
    TextSlice slice = new TextSlice("file:" + file, 0, Files.size(Path.of(file)));
    try (BoundedLines lines = BoundedLines.open(new Configuration(), slice, null, 5)) {
      assertThat(lines.next()).hasToString("12345");
      assertThatThrownBy(lines::next)
          .isInstanceOf(LineTooLongException.class)
          .hasMessage("a line must have at most 5 bytes, got more");
    }
  }

  @Test
  void quoteThatIsNeverClosed() throws IOException {
    String file = text("q.csv", "x,label", "\"1,a", "2,b");
    refuses(
        Specs.headed(file),
        file
            + ", row 1: must have 2 fields, got \"1,a; if a quoted value continues on the next"
            + " line,",
        "set data.options.multiLine: true; if quotes have no special meaning, set");
  }

  @Test
  void pngOfMorePixelsThanMemory() throws IOException {
    byte[] png = SampleFiles.image("png", BufferedImage.TYPE_BYTE_GRAY, 4, 4, 9);
    png[17] = 1; // width 65,540
    png[21] = 1; // height 65,540
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
    }
    SampleFiles.write(folder.resolve("pets/cat/1.png"), png);
    refuses(
        Specs.of(Specs.source(Format.IMAGES, folder.resolve("pets").toString())),
        "must have at most 100000000 pixels, got 65540 by 65540");
  }
}
