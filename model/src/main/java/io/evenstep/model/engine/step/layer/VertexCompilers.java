package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.CombineOp;
import io.evenstep.model.engine.step.op.LargestOp;
import io.evenstep.model.engine.step.op.MergeOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;

/** Vertices of a graph that are not layers. */
public final class VertexCompilers {
  private VertexCompilers() {}

  /**
   * Why a vertex is not covered; empty when it is.
   *
   * @param inputs how many values it takes
   */
  public static Optional<String> uncovered(String name, GraphVertex vertex, int inputs) {
    if (vertex instanceof PreprocessorVertex it) {
      return Preprocessors.uncovered(name, it.getPreProcessor());
    }
    if (vertex instanceof MergeVertex it) {
      return LayerSettings.when(it.getMergeAxis() != 1, name + " (MergeVertex): channels last");
    }
    if (vertex instanceof ElementWiseVertex it) {
      return LayerSettings.when(
          it.getOp() == Op.Subtract && inputs != 2,
          name + " (ElementWiseVertex): " + it.getOp() + " of " + inputs);
    }
    return Optional.of(name + ": the type " + vertex.getClass().getSimpleName());
  }

  /** Adds the operations of a covered vertex; returns its output. */
  public static Value compile(GraphVertex vertex, List<Value> in, Assembly assembly, long rows) {
    if (vertex instanceof PreprocessorVertex it) {
      return Preprocessors.apply(it.getPreProcessor(), in.get(0), assembly, rows);
    }
    if (vertex instanceof MergeVertex) {
      return in.size() == 1 ? in.get(0) : MergeOp.add(assembly, in);
    }
    return switch (((ElementWiseVertex) vertex).getOp()) {
      case Product -> CombineOp.addProduct(assembly, in);
      case Subtract -> CombineOp.addDifference(assembly, in.get(0), in.get(1));
      case Max -> LargestOp.add(assembly, in);
      case Average -> CombineOp.addSum(assembly, in, 1f / in.size());
      case Add -> CombineOp.addSum(assembly, in, 1);
    };
  }
}
