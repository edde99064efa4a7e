package io.evenstep.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iso | 1970-01-02 | 86400",
        "iso | 1970-01-01 00:01 | 60",
        "iso | 1970-01-01T00:00:01.5 | 1.5",
        "iso | 1970-01-01T01:00:00+01:00 | 0",
        "iso | 1970-01-01T01:00:00+0100 | 0",
        "iso | 1970-01-01T00:00:30Z | 30",
        "epoch-seconds | 12.5 | 12.5",
        "epoch-millis | 1500 | 1.5",
        "M/d/yyyy | 1/2/1970 | 86400",
        "d.M.yyyy H:mm[:ss] | 02.01.1970 00:00 | 86400",
        "MMM d yyyy | Jan 02 1970 | 86400",
        "MMM d, yyyy | JAN 2, 1970 | 86400",
        "yyyy-MM | 1970-02 | 2678400",
        "H:mm[:ss] | 1:00 | 3600",
        "M/d/yyyy h:mm[:ss] a | 1/1/1970 1:00 PM | 46800"
      })
  void readsSecondsSince1970(String format, String text, double seconds) {
    assertThat(TimeFormat.of(format).seconds(text)).hasValue(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iso | 1970-13-01",
        "iso | 12",
        "iso | 1970-01-01 and more",
        "epoch-seconds | soon",
        "epoch-seconds | NaN",
        "M/d/yyyy | 13/1/1970",
        "d.M.yyyy | 1.1.70 12"
      })
  void readsNothingElse(String format, String text) {
    assertThat(TimeFormat.of(format).seconds(text)).isEmpty();
    assertThat(TimeFormat.of(format).takes(text)).isFalse();
  }

  @Test
  void readsDatesAndTimesOfEveryJavaTypeWhateverTheZoneOfThisJava() {
    TimeFormat iso = TimeFormat.of(TimeFormat.ISO);

    assertThat(iso.seconds(LocalDate.of(1970, 1, 2))).hasValue(86_400);
    assertThat(iso.seconds(LocalDateTime.of(1970, 1, 1, 0, 1))).hasValue(60);
    assertThat(iso.seconds(Instant.ofEpochMilli(1500))).hasValue(1.5);
    assertThat(iso.seconds(java.sql.Date.valueOf("1970-01-02"))).hasValue(86_400);
    assertThat(iso.seconds(java.sql.Timestamp.from(Instant.ofEpochSecond(9)))).hasValue(9);
  }

  @Test
  void knowsWhatIsAFormat() {
    assertThat(TimeFormat.isFormat("d.M.yyyy")).isTrue();
    assertThat(TimeFormat.isFormat("epoch-millis")).isTrue();
    assertThat(TimeFormat.isFormat("bbb!")).isFalse();
    TimeFormat.KNOWN.forEach(known -> assertThat(TimeFormat.isFormat(known)).as(known).isTrue());
  }

  @Test
  void makesCyclesWhoseEndsMeet() {
    double[] monday = new double[TimeParts.NAMES.size()];
    double[] nextMonday = new double[TimeParts.NAMES.size()];
    TimeParts.of(4 * 86_400, monday); // 1970-01-05 was a Monday
    TimeParts.of(11 * 86_400, nextMonday);

    assertThat(monday[3]).isEqualTo(0);
    assertThat(monday[4]).isEqualTo(1);
    assertThat(nextMonday[3]).isEqualTo(monday[3]);
    assertThat(monday[5]).isEqualTo(0);
    assertThat(monday[0]).isEqualTo(345_600);
    double[] noon = new double[TimeParts.NAMES.size()];
    TimeParts.of(4 * 86_400 + 43_200, noon);
    assertThat(noon[6]).isCloseTo(-1, org.assertj.core.data.Offset.offset(1e-12));
  }
}
