package io.evenstep.driver.profile.sniff;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.data.spec.SourceSpec;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSnifferTest {
  private static SourceSpec sniff(String text) {
    return sniff(text, StandardCharsets.UTF_8);
  }

  private static SourceSpec sniff(String text, Charset charset) {
    return CsvSniffer.sniff(
            List.of("a.csv"), FileHead.of(text.getBytes(charset), true), Optional.empty())
        .spec();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a,b\\n1,2\\n3,4 ! ,",
        "a;b\\n1,5;2,5\\n3,5;4,5 ! ;",
        "a|b\\n1|2\\n ! |",
        "a\\tb, c\\n1\\t2, 3\\n4\\t5 ! \\t",
        "\"a,x\";b\\n\"1,y\";2\\n\"3,z\";4 ! ;",
        "a\\n1\\n2 ! ,"
      })
  void findsTheSeparator(String text, String separator) {
    assertThat(sniff(text.replace("\\n", "\n").replace("\\t", "\t")).delimiter())
        .isEqualTo(separator.replace("\\t", "\t"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "x,y\\n1,2 ! true",
        "1,2\\n3,4 ! false",
        "name,kind\\nann,a\\nbob,b ! true",
        "a,b\\nb,a\\na,b ! false",
        "country,1960,1961,1962\\nX,1,2,3 ! true",
        "x,x\\n1,2 ! false",
        "5.1,setosa\\n4.9,setosa ! false",
        "x,1.5,y\\n1,2,3\\n4,5,6 ! true"
      })
  void findsTheHeader(String text, boolean header) {
    assertThat(sniff(text.replace("\\n", "\n")).header()).isEqualTo(header);
  }

  @Test
  void findsTheEncoding() {
    String text = "name,x\nZoë,1\nJosé,2\n";

    assertThat(sniff(text).options()).isEmpty();
    assertThat(sniff("\uFEFF" + text).options()).isEmpty();
    assertThat(sniff(text, StandardCharsets.ISO_8859_1).options())
        .isEqualTo(Map.of("encoding", "windows-1252"));
    assertThat(sniff(text, StandardCharsets.UTF_16).options())
        .isEqualTo(Map.of("encoding", "UTF-16"));
  }

  @Test
  void findsHowValuesAreQuoted() {
    assertThat(sniff("a,b\n\"x\ny\",2\n\"z\",3\n").options())
        .isEqualTo(Map.of("multiLine", "true"));
    assertThat(sniff("a,b\n'x,y',2\n'z,w',3\n").options()).isEqualTo(Map.of("quote", "'"));
    assertThat(sniff("a,b\n5\",2\n6\",3\n\"7,4\n").options()).isEqualTo(Map.of("quote", ""));
    assertThat(sniff("a,b\nit's,2\nthat's,3\n").options()).isEmpty();
  }

  @Test
  void doesNotTakeACutEndForARecordOrForAnotherEncoding() {
    byte[] cut = "a,b\n1,é\n2,é".getBytes(StandardCharsets.UTF_8);
    byte[] part = java.util.Arrays.copyOf(cut, cut.length - 1);

    SourceSpec spec =
        CsvSniffer.sniff(List.of("a.csv"), FileHead.of(part, false), Optional.empty()).spec();

    assertThat(spec.options()).isEmpty();
    assertThat(spec.delimiter()).isEqualTo(",");
  }
}
