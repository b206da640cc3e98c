using System.Numerics.Tensors;
using Republic.Core.Llama.Files;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;

namespace Republic.Sprout.Intents;

/// <summary>Makes the file of intents of a model: what it learned, by what it answers as it should, and the vectors of that.</summary>
internal static class SproutIntents
{
    /// <summary>Utterances of one intent that are so near to each other find the same messages.</summary>
    private const double SameMeaning = 0.92;

    /// <param name="each">The most utterances of an intent that are drawn.</param>
    public static void Make(ExamModel asked, string embeddingModel, int each, string output, Action<string> write, CancellationToken ct)
    {
        using var asking = asked.Open();
        using var vectors = new TextVectors(embeddingModel);
        var known = new ModelIntents([], SproutUtterances.Answers(), SproutUtterances.Talk);
        var wrong = 0;
        Dictionary<string, List<IntentUtterance>> kept = new(StringComparer.Ordinal);
        foreach (var (i, (intent, text)) in SproutUtterances.Learned(each).Index())
        {
            ct.ThrowIfCancellationRequested();
            var answer = asking.Answer([.. ExamIntroduction.Number(i).Turns, new Turn(Turn.User, text)]);
            var isLearned = known.IntentOf(answer) == intent;
            wrong += isLearned ? 0 : 1;
            // The name of one minion is not to be said to another.
            Keep(intent, text, isLearned && !text.Contains(SproutUtterances.Name, StringComparison.Ordinal));
        }

        foreach (var (intent, text) in SproutUtterances.Further())
        {
            ct.ThrowIfCancellationRequested();
            Keep(intent, text, isLearned: false);
        }

        List<IntentUtterance> all = [.. kept.Values.SelectMany(utterances => utterances)];
        IntentFile.Save(new ModelIntents(all, known.Answers, known.Talk), output);
        write(
            $"{all.Count} utterances, of which {all.Count(utterance => utterance.IsLearned)} are answered as they should be; {wrong} were not."
        );

        void Keep(string intent, string text, bool isLearned)
        {
            var vector = vectors.Of(text);
            var others = kept.TryGetValue(intent, out var found) ? found : kept[intent] = [];
            if (!others.Exists(other => (other.IsLearned || !isLearned) && TensorPrimitives.Dot<float>(other.Vector, vector) > SameMeaning))
            {
                others.Add(new IntentUtterance(intent, text, isLearned, vector));
            }
        }
    }
}
