using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Republic.Core.Llama.Files;

/// <summary>
/// The words that the answers of a small model were learned from, in a file beside it, one a line in small letters: <c>sprout.words.txt</c> for
/// <c>sprout.gguf</c>. A word of an answer that is neither there nor in its prompt was made up from pieces.
/// </summary>
internal sealed partial class ModelWords(IEnumerable<string> words)
{
    public const string Extension = ".words.txt";

    /// <summary>The sign for bytes that are no text.</summary>
    private const char Undecodable = '\uFFFD';

    private static readonly ConcurrentDictionary<string, ModelWords?> BuiltInWords = new(StringComparer.Ordinal);
    private readonly FrozenSet<string> known = words.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words of a model that comes with the app; null where it has no such file.</summary>
    public static ModelWords? BuiltIn(string model) =>
        BuiltInWords.GetOrAdd(model, id => Of(Path.Combine(AppContext.BaseDirectory, "models", $"{id}.gguf")));

    /// <returns>Null where the model has no such file.</returns>
    public static ModelWords? Of(string modelPath)
    {
        var path = Path.ChangeExtension(modelPath, Extension);
        return File.Exists(path) ? new ModelWords(File.ReadLines(path)) : null;
    }

    /// <summary>The words of a text in small letters, each as often as it stands there.</summary>
    public static IEnumerable<string> In(string text) =>
        Word().Matches(text).Select(word => word.Value.Replace('’', '\'').ToLowerInvariant());

    /// <summary>The words of an answer that are neither known nor in its prompt.</summary>
    /// <param name="prompt">All texts that the model was given.</param>
    public IReadOnlyList<string> MadeUp(string answer, IEnumerable<string> prompt)
    {
        var said = prompt.SelectMany(In).ToHashSet(StringComparer.Ordinal);
        var others = In(answer).Where(word => !known.Contains(word) && !said.Contains(word));
        return [.. others.Concat(answer.Contains(Undecodable) ? [Undecodable.ToString()] : []).Distinct()];
    }

    [GeneratedRegex(@"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
