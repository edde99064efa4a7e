package io.evenstep.model.catalog.layer;

import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Published networks for images. */
final class ImageModels {
  private static final int[] BASIC_18 = {2, 2, 2, 2};
  private static final int[] BLOCKS_34 = {3, 4, 6, 3};

  private ImageModels() {}

  static void addTo(Catalogue<Function<Arguments, List<Map<String, Object>>>> all) {
    all.add(
            Entry.of(
                "alexnet",
                "Krizhevsky and others 2012, in one tower; images of at least 67 x 67 pixels",
                Parameter.of("units", Rule.COUNT, 4096, "of each of the two dense layers"),
                Parameter.of("dropout", Rule.FRACTION, 0.5, "after each dense layer")),
            a -> alexnet(a.whole("units"), a.number("dropout")))
        .add(
            Entry.of(
                "googlenet",
                "Szegedy and others 2015, without the two auxiliary outputs",
                Parameter.of("dropout", Rule.FRACTION, 0.4, "before the output layer")),
            a -> googlenet(a.number("dropout")))
        .add(residual(18), a -> residual(BASIC_18, false))
        .add(residual(34), a -> residual(BLOCKS_34, false))
        .add(residual(50), a -> residual(BLOCKS_34, true));
  }

  private static Entry residual(int layers) {
    return Entry.of("resnet" + layers, "residual network of " + layers + " layers, He 2016");
  }

  private static List<Map<String, Object>> alexnet(int units, double dropout) {
    LayerList net = new LayerList();
    convolution(net, 96, 11, "stride", 4, "padding", "valid");
    net.add("localResponseNorm");
    pool(net, "valid");
    convolution(net, 256, 5);
    net.add("localResponseNorm");
    pool(net, "valid");
    convolution(net, 384, 3);
    convolution(net, 384, 3);
    convolution(net, 256, 3);
    pool(net, "valid");
    net.add("dense", "units", units, "activation", "relu", "dropout", dropout);
    net.add("dense", "units", units, "activation", "relu", "dropout", dropout);
    return net.all();
  }

  private static List<Map<String, Object>> googlenet(double dropout) {
    LayerList net = new LayerList();
    convolution(net, 64, 7, "stride", 2);
    pool(net, "same");
    net.add("localResponseNorm");
    convolution(net, 64, 1);
    convolution(net, 192, 3);
    net.add("localResponseNorm");
    String here = pool(net, "same");
    here = inception(net, here, 64, 96, 128, 16, 32, 32);
    inception(net, here, 128, 128, 192, 32, 96, 64);
    here = pool(net, "same");
    here = inception(net, here, 192, 96, 208, 16, 48, 64);
    here = inception(net, here, 160, 112, 224, 24, 64, 64);
    here = inception(net, here, 128, 128, 256, 24, 64, 64);
    here = inception(net, here, 112, 144, 288, 32, 64, 64);
    inception(net, here, 256, 160, 320, 32, 128, 128);
    here = pool(net, "same");
    here = inception(net, here, 256, 160, 320, 32, 128, 128);
    inception(net, here, 384, 192, 384, 48, 128, 128);
    net.add("globalPool", "pooling", "avg");
    net.add("dropout", "rate", dropout);
    return net.all();
  }

  /**
   * Four branches side by side.
   *
   * @param filters of 1 x 1; before 3 x 3; 3 x 3; before 5 x 5; 5 x 5; after pooling
   */
  private static String inception(LayerList net, String from, int... filters) {
    String one = convolution(net, filters[0], 1, "from", from);
    convolution(net, filters[1], 1, "from", from);
    String three = convolution(net, filters[2], 3);
    convolution(net, filters[3], 1, "from", from);
    String five = convolution(net, filters[4], 5);
    net.add("maxPool", "kernel", 3, "stride", 1, "padding", "same", "from", from);
    String pooled = convolution(net, filters[5], 1);
    return net.add(
        "activation",
        "name",
        "identity",
        "from",
        List.of(one, three, five, pooled),
        "combine",
        "concatenate");
  }

  private static List<Map<String, Object>> residual(int[] blocks, boolean isBottleneck) {
    LayerList net = new LayerList();
    bare(net, 64, 7, 2);
    net.add("batchNorm");
    net.add("activation", "name", "relu");
    String here = pool(net, "same");
    for (int stage = 0; stage < blocks.length; stage++) {
      int filters = 64 << stage;
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        boolean isWider = block == 0 && (stage > 0 || isBottleneck);
        String shortcut = isWider ? shortcut(net, here, filters, stride, isBottleneck) : here;
        String end =
            isBottleneck
                ? bottleneck(net, here, filters, stride)
                : basic(net, here, filters, stride);
        here = net.sum(shortcut, end, "relu");
      }
    }
    net.add("globalPool", "pooling", "avg");
    return net.all();
  }

  private static String shortcut(
      LayerList net, String from, int filters, int stride, boolean isBottleneck) {
    bare(net, isBottleneck ? 4 * filters : filters, 1, stride, "from", from);
    return net.add("batchNorm");
  }

  private static String basic(LayerList net, String from, int filters, int stride) {
    bare(net, filters, 3, stride, "from", from);
    net.add("batchNorm");
    net.add("activation", "name", "relu");
    bare(net, filters, 3, 1);
    return net.add("batchNorm");
  }

  private static String bottleneck(LayerList net, String from, int filters, int stride) {
    bare(net, filters, 1, 1, "from", from);
    net.add("batchNorm");
    net.add("activation", "name", "relu");
    bare(net, filters, 3, stride);
    net.add("batchNorm");
    net.add("activation", "name", "relu");
    bare(net, 4 * filters, 1, 1);
    return net.add("batchNorm");
  }

  /** A convolution without bias and activation: a batch normalization follows. */
  private static void bare(
      LayerList net, int filters, int kernel, int stride, Object... parameters) {
    convolution(
        net,
        filters,
        kernel,
        with(parameters, "stride", stride, "activation", "identity", "bias", false));
  }

  private static String convolution(LayerList net, int filters, int kernel, Object... parameters) {
    Object[] all =
        with(
            new Object[] {
              "filters",
              filters,
              "kernel",
              kernel,
              "padding",
              "same",
              "dropout",
              0.0,
              "activation",
              "relu"
            },
            parameters);
    return net.add("conv2d", all);
  }

  private static String pool(LayerList net, String padding) {
    return net.add("maxPool", "kernel", 3, "stride", 2, "padding", padding);
  }

  private static Object[] with(Object[] some, Object... more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
