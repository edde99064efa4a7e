package io.evenstep.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowCellsTest {
  @Test
  void turnsNumbersBackIntoValues() {
    Scaling each = new Scaling(List.of(10.0, 0.0), List.of(0.5, 100.0));
    Segment numbers =
        new Segment(
            Segment.Kind.NUMBER, List.of("age", "share"), List.of(), Storage.F32, List.of(), each);
    Segment colours =
        new Segment(
            Segment.Kind.ONE_HOT,
            List.of("front", "back"),
            List.of(),
            Storage.U8,
            List.of("red", "blue"),
            Scaling.NONE);
    RowCells cells =
        RowCells.of(new TensorEncoding("features", List.of(6L), List.of(numbers, colours)));

    assertThat(cells.columns()).containsExactly("age", "share", "front", "back");
    assertThat(cells.of(List.of(3f, 25f, 0f, 1f, 0f, 0f)))
        .as("an unknown category is empty")
        .containsExactly("16", "0.25", "blue", "");
  }

  @Test
  void leavesOutWhatIsNoSingleValue() {
    Segment image =
        new Segment(
            Segment.Kind.NUMBERS,
            List.of("pixels"),
            List.of(4L),
            Storage.F32,
            List.of(),
            Scaling.NONE);

    assertThat(RowCells.of(new TensorEncoding("features", List.of(4L), List.of(image))).columns())
        .isEmpty();
  }
}
