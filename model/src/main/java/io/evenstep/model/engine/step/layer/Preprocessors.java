package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** What DL4J puts between layers to change the shape of what flows. */
public final class Preprocessors {
  private Preprocessors() {}

  /** Why there is no way, as words; empty when there is one. */
  public static Optional<String> uncovered(String name, InputPreProcessor between) {
    boolean covered =
        between instanceof CnnToFeedForwardPreProcessor flatten
            ? flatten.getFormat() == CNN2DFormat.NCHW
            : between.getClass() == FeedForwardToCnnPreProcessor.class;
    return covered
        ? Optional.empty()
        : Optional.of(name + ": the input as " + between.getClass().getSimpleName() + " makes it");
  }

  /** What a layer behind a covered one sees. */
  public static Value apply(InputPreProcessor between, Value in, Assembly assembly) {
    if (between instanceof FeedForwardToCnnPreProcessor image) {
      return in.shape().size() == 4
          ? in
          : assembly.reshape(
              in,
              in.size(0),
              image.getNumChannels(),
              image.getInputHeight(),
              image.getInputWidth());
    }
    return in.shape().size() == 2
        ? in
        : assembly.reshape(in, in.size(0), Layout.count(in.dims()) / in.size(0));
  }
}
