package io.evenstep.model.metric;

import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.decision.TemperatureFit;
import io.evenstep.model.decision.Threshold;
import java.util.List;
import java.util.Optional;

/** Learns a decision from evaluated rows. */
final class LearnedDecision {
  private LearnedDecision() {}

  /**
   * The decision. A threshold is sought for two classes only, and only if there are rows of both.
   *
   * @param fit the rows, before calibration; empty if the plan does not calibrate
   * @param rankings of each class, before calibration
   */
  static Decision of(DecisionPlan plan, Optional<TemperatureFit> fit, List<Ranking> rankings) {
    double temperature = fit.map(TemperatureFit::temperature).orElse(1.0);
    double start = (rankings.size() == 2 ? plan.start() : Decision.USUAL).threshold();
    Decision calibrating = new Decision(temperature, start);
    if (rankings.size() != 2 || !(plan.threshold() instanceof Threshold.Best best)) {
      return calibrating;
    }
    double before = rankings.get(1).threshold(best.aim()).orElse(start);
    return calibrating.withThreshold(calibrating.calibrated(new double[] {1 - before, before})[1]);
  }
}
