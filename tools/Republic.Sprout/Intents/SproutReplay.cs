using System.Numerics.Tensors;
using Republic.Core.Llama.Files;
using Republic.Core.Training.Prompts;

namespace Republic.Sprout.Intents;

/// <summary>Questions whose answers runs replay beside those of <see cref="ReferencePrompts"/>: what the model was taught itself.</summary>
internal static class SproutReplay
{
    /// <summary>From this cosine on two questions ask the same: a run that learned the one could not lose the other.</summary>
    private const double SameQuestion = 0.8;

    /// <param name="count">The most utterances that are written.</param>
    public static void Make(string model, string embeddingModel, int count, string output)
    {
        var intents =
            ModelIntents.Of(model)
            ?? throw new InvalidDataException($"{model} has no file of intents beside it: make it with dev/sprout intents.");
        using var vectors = new TextVectors(embeddingModel);
        List<string> measured =
        [
            .. Enumerable
                .Range(0, ReferencePrompts.Sets)
                .SelectMany(set => ReferencePrompts.For(isBuiltIn: true, chats: [], set).Measured)
                .Select(prompt => prompt.Question)
                .Distinct(StringComparer.Ordinal),
        ];
        var asked = measured.ConvertAll(vectors.Of);
        List<string> others =
        [
            .. intents
                .Utterances.Where(utterance => utterance.IsLearned && asked.TrueForAll(vector => !AreSame(vector, utterance.Vector)))
                .GroupBy(utterance => utterance.Intent, StringComparer.Ordinal)
                .SelectMany(intent => intent.Index())
                .OrderBy(utterance => utterance.Index)
                .Select(utterance => utterance.Item.Text),
        ];
        File.WriteAllLines(output, ReferencePrompts.Unlike(measured, others).Take(count));

        static bool AreSame(float[] one, float[] other) => TensorPrimitives.Dot<float>(one, other) >= SameQuestion;
    }
}
