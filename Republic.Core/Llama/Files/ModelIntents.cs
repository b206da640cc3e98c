using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Text.RegularExpressions;

namespace Republic.Core.Llama.Files;

/// <summary>
/// What a small model learned to answer, in a file beside it (<c>sprout.intents</c> for <c>sprout.gguf</c>, in the format GGUF): utterances by
/// intent with their vectors, and the answers to each intent.
/// </summary>
internal sealed partial class ModelIntents(
    IReadOnlyList<IntentUtterance> utterances,
    IReadOnlyList<(string Intent, string Answer)> answers,
    IReadOnlyList<string> talk
)
{
    public const string Extension = ".intents";

    private const int MostLearned = 3;

    /// <summary>“My name” and “your name” are near in meaning, and another question.</summary>
    private const double OtherPerson = 0.15;

    private static readonly ConcurrentDictionary<string, ModelIntents?> BuiltInIntents = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<AnswerTemplate> templates =
    [
        .. answers.Select(answer => new AnswerTemplate(answer.Intent, answer.Answer)).OrderByDescending(template => template.Length),
    ];

    private readonly IReadOnlyList<(IntentUtterance Utterance, (bool Asker, bool Asked) People)> rows =
    [
        .. utterances.Select(utterance => (utterance, People(utterance.Text))),
    ];

    public IReadOnlyList<IntentUtterance> Utterances => utterances;

    public IReadOnlyList<(string Intent, string Answer)> Answers => answers;

    /// <summary>The intents that are small talk, and no questions about Republic.</summary>
    public IReadOnlyList<string> Talk => talk;

    /// <summary>The intents of a model that comes with the app; null where it has no such file.</summary>
    public static ModelIntents? BuiltIn(string model) =>
        BuiltInIntents.GetOrAdd(model, id => Of(Path.Combine(AppContext.BaseDirectory, "models", $"{id}.gguf")));

    /// <returns>Null where the model has no such file.</returns>
    public static ModelIntents? Of(string modelPath)
    {
        var path = Path.ChangeExtension(modelPath, Extension);
        return File.Exists(path) ? IntentFile.Load(path) : null;
    }

    /// <summary>Each intent once, the nearest first.</summary>
    /// <param name="texts">A message, and its parts that may be meant.</param>
    /// <param name="vectors">One for each text, of length 1.</param>
    public IReadOnlyList<IntentMatch> Match(IReadOnlyList<string> texts, IReadOnlyList<float[]> vectors)
    {
        var people = texts.Select(People).ToList();
        return
        [
            .. rows.Select(row => (row.Utterance, Likeness: Enumerable.Range(0, texts.Count).Max(at => Likeness(row, at))))
                .GroupBy(rated => rated.Utterance.Intent, StringComparer.Ordinal)
                .Select(intent => new IntentMatch(
                    intent.Key,
                    intent.Max(rated => rated.Likeness),
                    [
                        .. intent
                            .Where(rated => rated.Utterance.IsLearned)
                            .OrderByDescending(rated => rated.Likeness)
                            .Take(MostLearned)
                            .Select(rated => rated.Utterance.Text),
                    ],
                    talk.Contains(intent.Key)
                ))
                .Where(match => match.Learned.Count > 0)
                .OrderByDescending(match => match.Likeness),
        ];

        double Likeness((IntentUtterance Utterance, (bool Asker, bool Asked) People) row, int at) =>
            TensorPrimitives.Dot<float>(row.Utterance.Vector, vectors[at]) - (AreOthers(people[at], row.People) ? OtherPerson : 0);
    }

    /// <summary>An intent with the first utterances that were learned of it.</summary>
    public IntentMatch First(string intent) =>
        new(
            intent,
            1,
            [
                .. utterances
                    .Where(utterance => utterance.IsLearned && utterance.Intent == intent)
                    .Take(MostLearned)
                    .Select(utterance => utterance.Text),
            ]
        );

    /// <summary>The intent that an answer belongs to, also with words of a manner around it; null where it is none that was learned.</summary>
    public string? IntentOf(string answer) => templates.FirstOrDefault(template => template.IsIn(answer))?.Intent;

    private static (bool Asker, bool Asked) People(string text) => (Asker().IsMatch(text), Asked().IsMatch(text));

    private static bool AreOthers((bool Asker, bool Asked) one, (bool Asker, bool Asked) other) =>
        one is (true, false) && other is (false, true) || one is (false, true) && other is (true, false);

    [GeneratedRegex(
        @"\b(?:i|im|i['’]\w+|my|mine|myself)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Asker();

    [GeneratedRegex(
        @"\b(?:you|u|ur|youre|you['’]\w+|yours?|yourself)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Asked();
}
