package io.evenstep.worker.evaluation;

import io.evenstep.model.metric.CalibrationBin;
import io.evenstep.model.metric.PickedRow;
import io.evenstep.model.metric.ThresholdCurve;
import java.io.Serializable;
import java.util.List;

/**
 * Details of the test rows beyond their metrics, for the first output. Curves and calibration cover
 * all rows; each rank picks rows from those that it has evaluated.
 *
 * @param curves one per class, for the first classes; empty when there are no classes
 * @param calibration of all probabilities
 * @param wrong rows with the largest errors, worst first
 * @param sample a sample of all rows, when numbers are predicted
 */
public record TestDetail(
    List<ThresholdCurve> curves,
    List<CalibrationBin> calibration,
    List<PickedRow> wrong,
    List<PickedRow> sample)
    implements Serializable {
  /** The details of no rows. */
  public static final TestDetail NONE = new TestDetail(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public TestDetail {
    curves = List.copyOf(curves);
    calibration = List.copyOf(calibration);
    wrong = List.copyOf(wrong);
    sample = List.copyOf(sample);
  }
}
