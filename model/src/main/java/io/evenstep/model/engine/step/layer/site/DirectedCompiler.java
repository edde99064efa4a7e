package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.Value;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Compiles layers that can also read sequences backward. */
public interface DirectedCompiler {
  /** Adds the operations of a covered layer. */
  Value compile(Layer layer, Value in, Site site, boolean isForward);
}
