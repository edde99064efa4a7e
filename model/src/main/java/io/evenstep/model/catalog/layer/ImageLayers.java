package io.evenstep.model.catalog.layer;

import static io.evenstep.model.catalog.layer.LayerType.ACTIVATION;
import static io.evenstep.model.catalog.layer.LayerType.BIAS;
import static io.evenstep.model.catalog.layer.LayerType.DROPOUT;

import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import io.evenstep.model.layer.LocalResponseNorm;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Layer types for images. */
final class ImageLayers {
  private static final Set<LayerInput> IMAGE = LayerType.kinds(LayerInput.IMAGE);
  private static final Parameter FILTERS =
      Parameter.required("filters", Rule.COUNT, "output channels");
  private static final Parameter KERNEL = Parameter.of("kernel", Rule.SIZE, List.of(3, 3), "size");
  private static final Parameter STRIDE = Parameter.of("stride", Rule.SIZE, List.of(1, 1), "step");
  private static final Parameter DILATION =
      Parameter.of("dilation", Rule.SIZE, List.of(1, 1), "distance between kernel points");
  static final Parameter PADDING =
      Parameter.choice(
          "padding", List.of("valid", "same"), "valid", "none, or zeros to keep the size");
  private static final Parameter[] CONVOLUTION = {
    FILTERS, KERNEL, STRIDE, PADDING, DILATION, ACTIVATION, DROPOUT, BIAS
  };

  private ImageLayers() {}

  static void addTo(Catalogue<LayerType> all) {
    addConvolutions(all);
    addPooling(all);
    all.add(
            Entry.of(
                "upsample2d",
                "repeats rows and columns",
                Parameter.of("size", Rule.SIZE, List.of(2, 2), "times")),
            new LayerType(
                IMAGE, (a, d) -> List.of(new Upsampling2D.Builder().size(a.sizes("size")).build())))
        .add(
            Entry.of(
                "zeroPad2d",
                "a border of zeros",
                Parameter.of("padding", Rule.MARGIN, List.of(1, 1), "rows and columns, each side")),
            new LayerType(
                IMAGE,
                (a, d) -> List.of(new ZeroPaddingLayer.Builder(a.sizes("padding")).build())));
  }

  private static void addConvolutions(Catalogue<LayerType> all) {
    all.add(
            Entry.of("conv2d", "convolution", CONVOLUTION),
            new LayerType(IMAGE, (a, d) -> convolution(new ConvolutionLayer.Builder(), a, d)))
        .add(
            Entry.of(
                "separableConv2d",
                "convolution of each channel, then across channels",
                CONVOLUTION),
            new LayerType(
                IMAGE,
                (a, d) -> convolution(new SeparableConvolution2D.Builder(a.sizes("kernel")), a, d)))
        .add(
            Entry.of("transposedConv2d", "transposed convolution, which enlarges", CONVOLUTION),
            new LayerType(
                IMAGE, (a, d) -> convolution(new Deconvolution2D.Builder(a.sizes("kernel")), a, d)))
        .add(
            Entry.of(
                "depthwiseConv2d",
                "a separate convolution of each channel",
                Parameter.of("multiplier", Rule.COUNT, 1, "outputs for each channel"),
                KERNEL,
                STRIDE,
                PADDING,
                DILATION,
                ACTIVATION,
                DROPOUT,
                BIAS),
            new LayerType(IMAGE, ImageLayers::depthwise));
  }

  private static List<Layer> convolution(
      ConvolutionLayer.BaseConvBuilder<?> builder, Arguments a, LayerDefaults d) {
    builder.nOut(a.whole("filters"));
    return finish(builder, a, d);
  }

  private static List<Layer> depthwise(Arguments a, LayerDefaults d) {
    DepthwiseConvolution2D.Builder builder = new DepthwiseConvolution2D.Builder(a.sizes("kernel"));
    builder.depthMultiplier(a.whole("multiplier"));
    return finish(builder, a, d);
  }

  private static List<Layer> finish(
      ConvolutionLayer.BaseConvBuilder<?> builder, Arguments a, LayerDefaults d) {
    builder.kernelSize(a.sizes("kernel"));
    builder.stride(a.sizes("stride"));
    builder.dilation(a.sizes("dilation"));
    builder.convolutionMode(mode(a));
    builder.hasBias(a.flag("bias"));
    builder.activation(LayerType.activation(a, d.activation()));
    BaseLayer layer = builder.build();
    return LayerType.withDropout(layer, a, d);
  }

  private static void addPooling(Catalogue<LayerType> all) {
    Parameter size = Parameter.of("kernel", Rule.SIZE, List.of(2, 2), "size");
    Parameter stride = Parameter.optional("stride", Rule.SIZE, "step; left out: the kernel's size");
    all.add(
            Entry.of(
                "localResponseNorm",
                "each channel divided by its neighbours, Krizhevsky and others 2012",
                Parameter.of("size", Rule.COUNT, 5, "channels that count for one, an odd number"),
                Parameter.of("alpha", Rule.ABOVE_ZERO, 0.0001, "factor of their squares"),
                Parameter.of("beta", Rule.ABOVE_ZERO, 0.75, "exponent"),
                Parameter.of("k", Rule.ABOVE_ZERO, 2.0, "added to the squares")),
            new LayerType(
                IMAGE,
                (a, d) ->
                    List.of(
                        new LocalResponseNorm(
                            a.whole("size"), a.number("alpha"), a.number("beta"), a.number("k")))))
        .add(
            Entry.of("maxPool", "the largest of each window", size, stride, PADDING),
            new LayerType(IMAGE, (a, d) -> pool(PoolingType.MAX, a)))
        .add(
            Entry.of("avgPool", "the mean of each window", size, stride, PADDING),
            new LayerType(IMAGE, (a, d) -> pool(PoolingType.AVG, a)))
        .add(
            Entry.of(
                "globalPool",
                "one number for each channel or feature",
                Parameter.choice("pooling", List.of("avg", "max", "sum"), "avg", "how")),
            new LayerType(
                LayerType.kinds(LayerInput.IMAGE, LayerInput.SEQUENCE),
                (a, d) ->
                    List.of(
                        new GlobalPoolingLayer.Builder(
                                PoolingType.valueOf(
                                    a.text("pooling").toUpperCase(java.util.Locale.ROOT)))
                            .build())));
  }

  private static List<Layer> pool(PoolingType type, Arguments a) {
    return List.of(
        new SubsamplingLayer.Builder(type)
            .kernelSize(a.sizes("kernel"))
            .stride(a.sizes(a.has("stride") ? "stride" : "kernel"))
            .convolutionMode(mode(a))
            .build());
  }

  static ConvolutionMode mode(Arguments a) {
    return a.text("padding").equals("same") ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }
}
