package io.evenstep.model.network;

import java.util.List;

/**
 * The shape of a data set's rows, as a network sees them.
 *
 * @param inputs in the order of the network's, at least one
 * @param outputs in the order of the network's, at least one
 */
public record DataShape(List<Input> inputs, List<Output> outputs) {
  /** Copies the lists. */
  public DataShape {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * One input of the network.
   *
   * @param shape of one row
   * @param vocabulary how many tokens there are, if the numbers are tokens of a text; else 0
   */
  public record Input(String name, Shape shape, int vocabulary) {
    /** An input that is not text. */
    public Input(String name, Shape shape) {
      this(name, shape, 0);
    }
  }

  /** One output of the network: its name, the shape of one row's labels, and their meaning. */
  public record Output(String name, Shape shape, Task task) {}

  /** Rows with one input and one output, which most networks have. */
  public static DataShape of(Shape input, Shape output, Task task) {
    return new DataShape(
        List.of(new Input("features", input)), List.of(new Output("label", output, task)));
  }

  List<Shape> inputShapes() {
    return inputs.stream().map(Input::shape).toList();
  }

  List<Shape> outputShapes() {
    return outputs.stream().map(Output::shape).toList();
  }
}
