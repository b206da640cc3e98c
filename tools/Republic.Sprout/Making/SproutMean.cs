using System.Numerics.Tensors;
using Republic.Core.Lora;

namespace Republic.Sprout.Making;

/// <summary>
/// The mean of models that follow one another in training: it answers better than each where they differ by chance alone (Izmailov and others,
/// "Averaging weights leads to wider optima", arXiv 1803.05407).
/// </summary>
public static class SproutMean
{
    /// <exception cref="LoraException">One was not made by this program, or has another vocabulary.</exception>
    public static void Make(IReadOnlyList<string> files, string output)
    {
        var (vocabulary, mean) = SproutFile.Load(files[0]);
        foreach (var file in files.Skip(1))
        {
            var (words, weights) = SproutFile.Load(file);
            if (!words.Merges.SequenceEqual(vocabulary.Merges))
            {
                throw new LoraException(
                    $"{file} has another vocabulary than {files[0]}: only models that were trained one from the other have a mean."
                );
            }

            foreach (var (sum, more) in mean.All.Zip(weights.All))
            {
                TensorPrimitives.Add(sum.Values, more.Values, sum.Values);
            }
        }

        foreach (var weight in mean.All)
        {
            TensorPrimitives.Divide(weight.Values, files.Count, weight.Values);
        }

        SproutFile.Save(mean, vocabulary, output);
    }
}
