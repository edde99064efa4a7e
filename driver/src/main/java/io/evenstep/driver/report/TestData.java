package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunStart;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.metric.CalibrationBin;
import io.evenstep.model.metric.PickedRow;
import io.evenstep.model.metric.RowPicks;
import io.evenstep.model.metric.ThresholdCurve;
import io.evenstep.worker.evaluation.TestDetail;
import java.util.List;

/** Results for the test rows, for each output of the network. */
final class TestData {
  private static final int WIDE = 256;
  private static final TestDetail NOTHING = TestDetail.of(List.of(), List.of(), List.of());

  private TestData() {}

  /** The first output's results; {@code others} has those of further outputs. */
  static ObjectNode of(RunStart start, RunEnd end) {
    Encoding encoding = start.pack().index().encoding();
    List<TestDetail> details = end.testDetails();
    ObjectNode test = JsonNodeFactory.instance.objectNode();
    test.put("rows", start.pack().index().test().rows());
    test.set("image", image(encoding.inputs().get(0)));
    RowCells cells = RowCells.of(encoding.inputs().get(0));
    ArrayNode columns = test.putArray("columns");
    cells.columns().forEach(columns::add);
    addOutput(test, encoding, details, 0, cells);
    ArrayNode others = test.putArray("others");
    for (int output = 1; output < details.size(); output++) {
      addOutput(others.addObject(), encoding, details, output, cells);
    }
    return test;
  }

  private static void addOutput(
      ObjectNode test, Encoding encoding, List<TestDetail> details, int output, RowCells cells) {
    ArrayNode classes = test.putArray("classes");
    if (output < encoding.outputs().size()) {
      test.put("output", encoding.outputs().get(output).name());
      encoding.outputs().get(output).classes().forEach(classes::add);
    }
    TestDetail detail = output < details.size() ? details.get(output) : NOTHING;
    ArrayNode confusion = test.putArray("confusion");
    for (List<Long> row : detail.confusion()) {
      ArrayNode counts = confusion.addArray();
      row.forEach(counts::add);
    }
    ArrayNode curves = test.putArray("curves");
    detail.curves().forEach(curve -> add(curves, curve));
    ArrayNode calibration = test.putArray("calibration");
    detail.calibration().forEach(bin -> add(calibration, bin));
    add(test.putArray("wrong"), fewer(detail.wrong(), details.size()), cells);
    add(test.putArray("sample"), detail.sample(), cells);
  }

  /** With several outputs, fewer rows of many numbers for each, so that the page stays small. */
  private static List<PickedRow> fewer(List<PickedRow> rows, int outputs) {
    boolean isWide = rows.stream().anyMatch(row -> row.features().size() > WIDE);
    int most = isWide ? Math.max(1, RowPicks.WRONG / Math.max(1, outputs)) : RowPicks.WRONG;
    return rows.subList(0, Math.min(rows.size(), most));
  }

  private static void add(ArrayNode curves, ThresholdCurve curve) {
    ObjectNode line = curves.addObject();
    line.put("positives", curve.positives());
    line.put("negatives", curve.negatives());
    ArrayNode thresholds = line.putArray("threshold");
    ArrayNode truePositives = line.putArray("truePositives");
    ArrayNode falsePositives = line.putArray("falsePositives");
    for (ThresholdCurve.Point point : curve.points()) {
      Numbers.add(thresholds, point.threshold());
      truePositives.add(point.truePositives());
      falsePositives.add(point.falsePositives());
    }
  }

  private static void add(ArrayNode bins, CalibrationBin bin) {
    ObjectNode line = bins.addObject();
    Numbers.put(line, "predicted", bin.predicted());
    Numbers.put(line, "observed", bin.observed());
    line.put("count", bin.count());
  }

  private static void add(ArrayNode rows, List<PickedRow> picked, RowCells cells) {
    for (PickedRow each : picked) {
      ObjectNode row = rows.addObject();
      row.put("row", each.row());
      Numbers.put(row, "actual", each.actual());
      Numbers.put(row, "predicted", each.predicted());
      Numbers.put(row, "score", each.score());
      if (!each.features().isEmpty()) {
        ArrayNode features = row.putArray("features");
        each.features().forEach(number -> features.add((float) Numbers.brief(number)));
        ArrayNode texts = row.putArray("cells");
        cells.of(each.features()).forEach(texts::add);
      }
    }
  }

  /**
   * How to draw a row as a picture: [channels, height, width] from its shape, or a square if the
   * number of equal features is a square, such as the digits' 64 pixels; empty if it is not a
   * picture.
   */
  private static ArrayNode image(TensorEncoding input) {
    ArrayNode sizes = JsonNodeFactory.instance.arrayNode();
    if (input.shape().size() == 3 && List.of(1L, 3L).contains(input.shape().get(0))) {
      input.shape().forEach(sizes::add);
    } else if (input.shape().size() == 1 && input.segments().size() == 1) {
      int side = (int) Math.round(Math.sqrt(input.width()));
      if (side >= 5 && side * side == input.width()) {
        sizes.add(1).add(side).add(side);
      }
    }
    return sizes;
  }
}
