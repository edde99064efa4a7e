package io.evenstep.model.engine.step.update;

import io.evenstep.model.catalog.Momentum;
import io.evenstep.model.optimizer.CorrectedOptimizer;
import io.evenstep.model.optimizer.Lars;
import io.evenstep.model.optimizer.Lion;
import java.util.Optional;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Converts DL4J's updaters to ours. */
final class UpdateRules {
  private UpdateRules() {}

  /** Our rule for an updater; empty when it is not covered. */
  static Optional<UpdateRule> of(IUpdater updater) {
    if (updater instanceof Sgd || updater instanceof NoOp) {
      return Optional.of(new PlainRule(updater));
    } else if (updater instanceof Momentum || updater instanceof Nesterovs) {
      return Optional.of(new MomentumRule(updater));
    } else if (updater instanceof Adam it) {
      return Optional.of(new AdamRule(it, false, it.getBeta1(), it.getBeta2(), it.getEpsilon()));
    } else if (updater instanceof AMSGrad it) {
      return Optional.of(new AdamRule(it, true, it.getBeta1(), it.getBeta2(), it.getEpsilon()));
    } else if (updater instanceof AdaMax it) {
      return Optional.of(new MaxNormRule(it));
    } else if (updater instanceof Nadam it) {
      return Optional.of(new NadamRule(it));
    }
    return ofSquares(updater);
  }

  private static Optional<UpdateRule> ofSquares(IUpdater updater) {
    if (updater instanceof AdaGrad it) {
      return Optional.of(new SquareRule(it));
    } else if (updater instanceof RmsProp it) {
      return Optional.of(new SquareRule(it));
    } else if (updater instanceof AdaDelta it) {
      return Optional.of(new AdaDeltaRule(it));
    }
    return ofOurs(updater);
  }

  private static Optional<UpdateRule> ofOurs(IUpdater updater) {
    if (updater instanceof CorrectedOptimizer it) {
      return Optional.of(new MomentRule(it));
    } else if (updater instanceof Lion it) {
      return Optional.of(new SignRule(it));
    } else if (updater instanceof Lars it) {
      return Optional.of(new MomentumRule(it));
    }
    return Optional.empty();
  }
}
