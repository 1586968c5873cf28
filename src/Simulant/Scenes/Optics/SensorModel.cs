using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Optics;

/// <summary>A picture as a camera gives it away.</summary>
/// <param name="Rgb">sRGB bytes, red green blue by pixel, rows from the top.</param>
/// <param name="Raw">What the photosites read out.</param>
/// <param name="Stops">Of exposure that were used.</param>
/// <param name="File">A JPEG file where the picture was compressed, and then the bytes are what it holds; else null.</param>
public sealed record Photograph(int Width, int Height, byte[] Rgb, RawFrame Raw, float Stops, byte[]? File);

/// <summary>
/// The camera from photons to file. The same bytes on any number of threads: noise has the address (seed, frame, photosite), fixed patterns
/// (seed, photosite). Labels are not touched.
/// </summary>
public static class SensorModel
{
    /// <param name="frame">The frame that the image was rendered of: its camera's directions dim the corners, its depth hides
    /// drops.</param>
    /// <param name="image">Linear light; radiance 1 at EV 0 fills the photosites that take most.</param>
    /// <exception cref="ArgumentException">The options cannot be, or the image is not of the frame's size; all faults are
    /// named.</exception>
    public static Photograph Expose(Frame frame, ColourImage image, SensorOptions options, RunContext run)
    {
        if (options.Faults() is { Count: > 0 } faults) throw new ArgumentException(string.Join("; ", faults));
        var camera = frame.Stage.Camera;
        if (image.Width != camera.Width || image.Height != camera.Height)
            throw new ArgumentException($"an image of {image.Width} x {image.Height} for a camera of {camera.Width} x {camera.Height}");
        var pixels = options.Precipitation is { Rate: > 0 } falling ? Strokes.Over(frame, image, falling, run) : image.Pixels;
        float stops = LightStages.Stops(options.Exposure, options.Photosites.Gain, pixels, image.Width, image.Height, run);
        var light = Planes.Of(pixels, image.Width, image.Height, MathF.Pow(2, stops), run);
        if (options.Glare is { Strength: > 0 } glare) LightStages.Spread(light, glare, run);
        if (options.Spots is { Count: > 0 } spots) LightStages.Cover(light, spots, run);
        if (options.PointSpread is { } spread) LightStages.Point(light, spread, run);
        if (options.Vignetting is { } vignetting) LightStages.Vignette(light, vignetting, camera, run);
        var raw = Converter.Read(light, options, run);
        var colours = Mosaic.Filled(raw, options.Demosaic, Rendition.Gains(raw, options), run);
        byte[] rgb = Rendition.Bytes(colours, options, run);
        if (options.Compression is not { } jpeg) return new(image.Width, image.Height, rgb, raw, stops, null);
        byte[] file = JpegWriter.Write(new Raster<byte>(image.Width, image.Height, 3, rgb), jpeg.Quality, jpeg.Halved);
        return new(image.Width, image.Height, JpegReader.Read(file, "photograph").Samples, raw, stops, file);
    }
}
