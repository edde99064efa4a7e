package io.evenstep.driver.data.pack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error about CSV names the likely remedy. */
class CsvAdviceTest {
  @TempDir Path folder;

  private Pack pack(Specs spec) {
    return Packs.pack(SparkTest.session(), spec.build(), folder.resolve("packs"));
  }

  private String text(String name, String... lines) throws IOException {
    return SampleFiles.text(folder.resolve(name), lines);
  }

  @Test
  void saysTheLikelyRemedyOfCsv() throws IOException {
    String semicolons = text("s.csv", "x;y;label", "1;2;a", "2;3;b");
    adviseOf(semicolons, "set data.delimiter: \";\"");
    String tabs = text("t.csv", "x\ty\tlabel", "1\t2\ta");
    adviseOf(tabs, "set data.delimiter: \"\\t\"");
    String bare = text("b.csv", "1.5,2,a", "2.5,3,b");
    adviseOf(bare, "if the first line is a row and not a header, set data.header: false");
    String comma = text("c.csv", "x,label", "\"1,5\",a", "\"2,5\",b");
    adviseOf(comma, "write numbers with a decimal point, not a comma");
    String escaped = text("e.csv", "x,label", "1,\"a \\\"b\\\", c\"", "2,b");
    adviseOf(escaped, "set data.options.escape: \"\\\\\"");
    String latin =
        SampleFiles.write(folder.resolve("l.csv"), "größe,y\n1,a\n".getBytes(ISO_8859_1));
    adviseOf(latin, "set data.options.encoding, for example to ISO-8859-1");
    String wide =
        SampleFiles.write(folder.resolve("w.csv"), "x,y\n1,a\n".getBytes(StandardCharsets.UTF_16));
    adviseOf(wide, "set data.options.encoding, for example to ISO-8859-1");
  }

  private void adviseOf(String file, String advice) {
    assertThatThrownBy(() -> pack(Specs.headed(file))).hasMessageContaining(advice);
  }
}
