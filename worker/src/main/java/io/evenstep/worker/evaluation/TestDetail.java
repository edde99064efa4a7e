package io.evenstep.worker.evaluation;

import io.evenstep.model.metric.CalibrationBin;
import io.evenstep.model.metric.PickedRow;
import io.evenstep.model.metric.ThresholdCurve;
import java.io.Serializable;
import java.util.List;

/**
 * What there is to see of the test rows beyond their metrics, of the first output. Curves and
 * calibration are of all rows; each rank picks from the rows it has evaluated.
 *
 * @param curves one a class, of the first classes; empty where there are no classes
 * @param calibration of all probabilities
 * @param wrong rows that are most wrong, worst first
 * @param sample some of all rows, where numbers are predicted
 */
public record TestDetail(
    List<ThresholdCurve> curves,
    List<CalibrationBin> calibration,
    List<PickedRow> wrong,
    List<PickedRow> sample)
    implements Serializable {
  /** That of no rows. */
  public static final TestDetail NONE = new TestDetail(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public TestDetail {
    curves = List.copyOf(curves);
    calibration = List.copyOf(calibration);
    wrong = List.copyOf(wrong);
    sample = List.copyOf(sample);
  }
}
