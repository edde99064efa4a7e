package io.evenstep.worker.evaluation;

import io.evenstep.model.metric.CalibrationBin;
import io.evenstep.model.metric.PickedRow;
import io.evenstep.model.metric.ThresholdCurve;
import java.io.Serializable;
import java.util.List;

/**
 * Details of the test rows beyond their metrics, for one output. Confusion, curves and calibration
 * cover all rows; each rank picks rows from those that it has evaluated.
 *
 * @param confusion rows by [actual class][predicted class]; empty when there are no classes
 * @param curves one per class, for the first classes; empty when there are no classes
 * @param calibration of all probabilities
 * @param wrong rows with the largest errors, worst first
 * @param sample a sample of all rows, when numbers are predicted
 */
public record TestDetail(
    List<List<Long>> confusion,
    List<ThresholdCurve> curves,
    List<CalibrationBin> calibration,
    List<PickedRow> wrong,
    List<PickedRow> sample)
    implements Serializable {
  /** Copies the lists. */
  public TestDetail {
    confusion = confusion.stream().map(List::copyOf).toList();
    curves = List.copyOf(curves);
    calibration = List.copyOf(calibration);
    wrong = List.copyOf(wrong);
    sample = List.copyOf(sample);
  }

  /** Details without picked rows. */
  public static TestDetail of(
      List<List<Long>> confusion, List<ThresholdCurve> curves, List<CalibrationBin> calibration) {
    return new TestDetail(confusion, curves, calibration, List.of(), List.of());
  }

  /** The same details with the rows that were picked. */
  public TestDetail with(List<PickedRow> wrongRows, List<PickedRow> sampledRows) {
    return new TestDetail(confusion, curves, calibration, wrongRows, sampledRows);
  }
}
