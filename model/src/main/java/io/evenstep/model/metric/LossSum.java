package io.evenstep.model.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** An optional sum of losses. */
final class LossSum {
  private LossSum() {}

  static Optional<ExactSum> merge(Optional<ExactSum> left, Optional<ExactSum> right) {
    if (left.isEmpty() && right.isEmpty()) {
      return left;
    }
    ExactSum sum = new ExactSum();
    left.ifPresent(sum::add);
    right.ifPresent(sum::add);
    return Optional.of(sum);
  }

  static void write(DataOutput out, Optional<ExactSum> loss) throws IOException {
    out.writeBoolean(loss.isPresent());
    if (loss.isPresent()) {
      loss.get().write(out);
    }
  }

  static Optional<ExactSum> read(DataInput in) throws IOException {
    return in.readBoolean() ? Optional.of(ExactSum.read(in)) : Optional.empty();
  }
}
