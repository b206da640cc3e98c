using System.Globalization;

namespace Republic.Tests.World;

/// <summary>Vectors that a test can reason about: words of one meaning share a dimension, and all texts are a little alike.</summary>
public static class FakeMeaning
{
    private static readonly string[][] Meanings =
    [
        ["car", "cars", "automobile", "vehicle", "driving"],
        ["cat", "cats", "kitten", "feline"],
        ["invoice", "bill", "payment", "money"],
        ["soup", "broth", "cooking", "recipe"],
        ["password", "login", "credentials", "sign-in"],
        ["mountain", "peak", "summit", "alps"],
    ];

    private static readonly char[] Ends = [' ', '.', ',', '?', '!', '\n', ':'];

    public static int Length => Meanings.Length + 1;

    public static float[] Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[Length];
        vector[^1] = 0.5f;
        foreach (var word in text.ToLowerInvariant().Split(Ends, StringSplitOptions.RemoveEmptyEntries))
        {
            var meaning = Array.FindIndex(Meanings, words => words.Contains(word));
            if (meaning >= 0)
            {
                vector[meaning] += 1;
            }
        }

        return vector;
    }

    /// <summary>The answer of an OpenAI-compatible server to a call of <c>/embeddings</c>.</summary>
    public static string Answer(IEnumerable<string> texts, Func<string, float[]> meaning)
    {
        var vectors = texts.Select(
            (text, place) =>
            {
                var numbers = meaning(text).Select(number => number.ToString("R", CultureInfo.InvariantCulture));
                return $$"""{"index":{{place}},"embedding":[{{string.Join(',', numbers)}}]}""";
            }
        );
        return $$$"""{"object":"list","model":"vendor-model","data":[{{{string.Join(',', vectors)}}}],"usage":{"prompt_tokens":3,"total_tokens":3}}""";
    }
}
