package io.evenstep.model.data.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as tables for people have them. */
class NumberTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "point | 1,234.50 | 1234.5",
        "point | $1,234 | 1234",
        "point | -$5.25 | -5.25",
        "point | US$ 7 | 7",
        "point | ($1,000) | -1000",
        "point | 12 % | 0.12",
        "point | 12.5% | 0.125",
        "point | 1 234 567.8 | 1234567.8",
        "point | 1'234.5 | 1234.5",
        "point | 12,34,567 | 1234567",
        "point | 5 | 5",
        "point | +3.5 | 3.5",
        "point | 1e3 | 1000",
        "point | .5 | 0.5",
        "comma | 1.234,50 | 1234.5",
        "comma | 1.234,50 € | 1234.5",
        "comma | -0,5 | -0.5",
        "comma | 1 234,5 | 1234.5",
        "comma | 12,5 % | 0.125",
        "comma | EUR 3 | 3",
        "comma | 2,5e2 | 250",
      })
  void readsSeparatorsCurrenciesAndPercentages(String way, String text, double number)
      throws InvalidValueException {
    assertThat(NumberText.of(way).read(text)).isEqualTo(number);
  }

  @Test
  void readsSpacesThatDoNotBreakAndTheMinusOfTypographers() throws InvalidValueException {
    assertThat(NumberText.COMMA.read("\u22121\u00a0234,5\u202f€")).isEqualTo(-1234.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,5", "12,3456", "1.2.3", "abc", "$", "%", "(5", "5)", "1,,234", "5 kg"})
  void refusesWhatIsNotANumberWithAPoint(String text) {
    assertThatThrownBy(() -> NumberText.POINT.read(text))
        .hasMessage("must be a number with a decimal point, got " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.2020", "5.7.2020", "1,2,3"})
  void refusesWhatIsNotANumberWithAComma(String text) {
    assertThatThrownBy(() -> NumberText.COMMA.read(text))
        .hasMessage("must be a number with a decimal comma, got " + text);
  }

  @Test
  void takesNumbersOfTypedSourcesAsTheyAre() throws InvalidValueException {
    assertThat(NumberText.COMMA.read(1.5)).isEqualTo(1.5);
    assertThat(NumberText.PLAIN.read("1.5")).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource({"Ja, 1", "nein, 0", "OUI, 1", "enabled, 1", "Off, 0", "1, 1", "0.0, 0", "falso, 0"})
  void readsTheUsualWordsOfTruth(String text, double truth) throws InvalidValueException {
    assertThat(CellValues.truth(text)).isEqualTo(truth);
  }
}
