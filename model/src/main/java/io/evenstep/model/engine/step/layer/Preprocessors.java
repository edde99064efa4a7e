package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/** DL4J's preprocessors, which change shapes between layers. */
public final class Preprocessors {
  private Preprocessors() {}

  /** Why it is not covered, in words; empty when it is. */
  public static Optional<String> uncovered(String name, InputPreProcessor between) {
    return isCovered(between)
        ? Optional.empty()
        : Optional.of(name + ": the preprocessor " + between.getClass().getSimpleName());
  }

  private static boolean isCovered(InputPreProcessor between) {
    if (between instanceof CnnToFeedForwardPreProcessor it) {
      return it.getFormat() == CNN2DFormat.NCHW;
    } else if (between instanceof RnnToFeedForwardPreProcessor it) {
      return it.getRnnDataFormat() == RNNFormat.NCW;
    } else if (between instanceof FeedForwardToRnnPreProcessor it) {
      return it.getRnnDataFormat() == RNNFormat.NCW;
    }
    return between.getClass() == FeedForwardToCnnPreProcessor.class;
  }

  /**
   * The input of a layer after a covered preprocessor.
   *
   * @param rows of the shard
   */
  public static Value apply(InputPreProcessor between, Value in, Assembly assembly, long rows) {
    if (between instanceof RnnToFeedForwardPreProcessor) {
      return in.shape().size() == 2 ? in : Sequences.rows(assembly, in);
    }
    if (between instanceof FeedForwardToRnnPreProcessor) {
      return in.shape().size() == 3 ? in : Sequences.ofRows(assembly, in, rows);
    }
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
