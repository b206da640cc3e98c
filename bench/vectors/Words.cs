using System.Diagnostics;
using Republic.Core;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Retrieval;

namespace Republic.Bench;

/// <summary>Passages found by their words alone, through PostgreSQL's full text index and all that a search does besides. There is no peer.</summary>
internal sealed class Words(Site republic, int count)
{
    private const int PassagesInADocument = 500;
    private const int WordsInAPassage = 100;
    private const int WordsInAQuestion = 5;
    private const int Vocabulary = 20_000;
    private const int Questions = 300;
    private const string AnyWords = "any words";
    private const string RareWords = "words that few passages hold";

    // As many as a search has from the words, beside those that meaning finds.
    private const int Depth = 100;

    // A word has two letters for each digit of its place, to the base of 20: the first 400 are shorter than six.
    private const int ShortestWord = 2;
    private const int ShortestRareWord = 6;
    private readonly SeededRandom random = new(21);

    public async Task RunAsync()
    {
        var collection = await republic.NewCollectionAsync();
        var texts = Enumerable.Range(0, count).Select(_ => Text(WordsInAPassage)).ToArray();
        foreach (var some in texts.Chunk(PassagesInADocument))
        {
            var (document, passages) = republic.NewDocument(collection, "english", some);
            await republic.AddAsync(document, passages);
        }

        Console.WriteLine(
            $"""

            {count:n0} passages of {WordsInAPassage} words, {Questions} questions of {WordsInAQuestion} words from a passage, one after another

            | by words alone | p50 ms | p99 ms | passages found in the first {Vectors.Nearest} |
            | --- | --- | --- | --- |
            """
        );
        var any = await AskAsync(AnyWords, collection, texts, ShortestWord);
        var rare = await AskAsync(RareWords, collection, texts, ShortestRareWord);
        Console.WriteLine(
            """

            | of that, ms (p50 and p99) | the collection opened | its words weighed | passages found by them |
            | --- | --- | --- | --- |
            """
        );
        await ProfileAsync(AnyWords, collection, any);
        await ProfileAsync(RareWords, collection, rare);
    }

    private async Task<List<string>> AskAsync(string kind, Collection collection, string[] texts, int shortest)
    {
        var search = republic.NewSearch();
        var (found, times, questions) = (0, new List<double>(), new List<string>());
        for (var i = 0; i < Questions; i++)
        {
            var text = texts[random.Next(count)];
            var words = Array.FindAll(text.Split(' '), word => word.Length >= shortest);
            var question = string.Join(' ', Enumerable.Range(0, WordsInAQuestion).Select(_ => words[random.Next(words.Length)]));
            questions.Add(question);
            var started = Stopwatch.GetTimestamp();
            var answer = await search.SearchAsync(republic.Owner, [collection.Id], question, Vectors.Nearest, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            found += answer.Value!.Hits.Any(hit => hit.Text == text) ? 1 : 0;
        }

        Console.WriteLine($"| {kind} | {Percentile(times, 50):0.0} | {Percentile(times, 99):0.0} | {found / (double)Questions:0.00} |");
        return questions;
    }

    /// <summary>The same questions once more, step by step; what is left of the whole reads the passages.</summary>
    private async Task ProfileAsync(string kind, Collection collection, List<string> questions)
    {
        var (scopes, keywords) = (new SearchScopes(republic.Databases), new KeywordSearch(republic.Databases));
        var (opened, weighed, found) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var question in questions)
        {
            var scope = await TimedAsync(opened, () => scopes.OpenAsync(republic.Owner, [collection.Id], CancellationToken.None));
            var words = await TimedAsync(weighed, () => keywords.WeighAsync(scope.Value!, question, CancellationToken.None));
            await TimedAsync(found, () => keywords.FindAsync(scope.Value!, words, Depth, CancellationToken.None));
        }

        Console.WriteLine($"| {kind} | {Both(opened)} | {Both(weighed)} | {Both(found)} |");

        static string Both(List<double> times) => $"{Percentile(times, 50):0.0}, {Percentile(times, 99):0.0}";
    }

    private static async Task<T> TimedAsync<T>(List<double> times, Func<Task<T>> step)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await step();
        times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    private static double Percentile(List<double> times, int percent) => times.Order().ElementAt(times.Count * percent / 100);

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));

    /// <summary>Words as common as in a language: the n-th a share of 1/n.</summary>
    private string Word()
    {
        var place = (int)Math.Pow(Vocabulary, random.NextDouble());
        var word = "";
        for (; place > 0; place /= 20)
        {
            word += "bcdfghklmnprstvwxzjq"[place % 20] + "aeiou"[place % 5].ToString();
        }

        return word;
    }
}
