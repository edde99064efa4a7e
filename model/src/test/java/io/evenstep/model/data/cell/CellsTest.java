package io.evenstep.model.data.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses numbers as people write them. */
class CellsTest {
  @ParameterizedTest
  @CsvSource({
    "True, 1",
    "TRUE, 1",
    "true, 1",
    "t, 1",
    "Yes, 1",
    "y, 1",
    "False, 0",
    "FALSE, 0",
    "f, 0",
    "no, 0",
    "N, 0",
    "1e3, 1000",
    "+.5, 0.5",
    "' 7 ', 7",
    "1700000001, 1700000001"
  })
  void readsNumbersAndTruthValues(String text, double number) throws InvalidValueException {
    assertThat(CellValues.number(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1p3", "0X10", "1f", "1d", "truth", "1_000", "tr ue"})
  void refusesWhatOnlyJavaTakesForANumber(String text) {
    assertThatThrownBy(() -> CellValues.number(text)).hasMessage("must be a number, got " + text);
  }
}
