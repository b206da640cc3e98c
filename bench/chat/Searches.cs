using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>Searches of a person through the API.</summary>
internal sealed class Searches(Person person, Planted planted, IReadOnlyList<Vocabulary> scripts)
{
    private const int Page = 20;
    private const int Months = 20;

    /// <summary>Else titles, which come first, fill the page.</summary>
    private const string InMessages = "&kind=message";

    private readonly IReadOnlyList<string> latin = scripts[0].Words;

    public async Task<IReadOnlyList<Kind>> KindsAsync()
    {
        var pages = new List<(string Word, JsonNode First)>();
        foreach (var word in latin.Take(Planting.Common))
        {
            pages.Add((word, await person.GetAsync(Address(word, InMessages))));
        }

        var beginnings = latin.Where(word => word.Length > 3).Take(Page * Page).Select(word => word[..3]).Distinct().ToList();
        return
        [
            Search("a rare word", i => OneAsync(planted.NeedleOf(i).Word, planted.NeedleOf(i))),
            Search("a common word", i => FullAsync(Common(i), "")),
            Search("a common word, in messages", i => FullAsync(Common(i), InMessages)),
            Search("a word that is in about one of 150 messages", i => SomeAsync(latin[450 + (i % 100)])),
            Search("the three letters that a word begins with", i => SomeAsync(beginnings[i % beginnings.Count])),
            Search("a word that is nowhere", i => NoneAsync($"xaqu{i}")),
            Search("two common words, in messages", i => SomeAsync($"{Common(i)} {Common(i + 7)}", InMessages)),
            Search(
                "a common word and a rare one",
                i => OneAsync($"{planted.NeedleOf(i).Common} {planted.NeedleOf(i).Word}", planted.NeedleOf(i))
            ),
            Search("four words in quotes, in messages", PhraseAsync),
            .. scripts.Select(script => Search($"a word in {script.Name}", i => SomeAsync(script.Words[10 + (i % 100)]))),
            Search("a common word, in messages with one minion", MinionAsync),
            Search("a common word, in messages of one month", MonthAsync),
            Search(
                "a common word, in messages, the second page",
                i => SecondPageAsync(pages[i % pages.Count].Word, pages[i % pages.Count].First)
            ),
        ];
    }

    /// <summary>Nothing of another person is found, which that person finds.</summary>
    public async Task CheckOwnerAsync(Searches other, Planted theirs)
    {
        foreach (var needle in theirs.Needles)
        {
            await other.OneAsync(needle.Word, needle);
            await NoneAsync(needle.Word);
        }
    }

    private static Kind Search(string name, Func<int, Task> ask) => new($"search: {name}", ask) { IsSearch = true };

    private static string Address(string words, string more) => $"/api/search?q={Uri.EscapeDataString(words)}{more}";

    private static Guid Id(JsonNode? result, string field) => result![field]!.GetValue<Guid>();

    private string Common(int request) => latin[request % Planting.Common];

    private async Task<JsonArray> FindAsync(string words, string more)
    {
        var found = (await person.GetAsync(Address(words, more)))["results"]!.AsArray();
        Kind.Expect(found.All(IsOwn), $"“{words}” finds a chat of another person");
        return found;
    }

    private bool IsOwn(JsonNode? result) =>
        (string?)result!["kind"] switch
        {
            "message" => planted.Chats.ContainsKey(Id(result, "conversation_id")),
            "conversation" => planted.Chats.ContainsKey(Id(result, "id")),
            _ => true,
        };

    private async Task OneAsync(string words, Needle needle)
    {
        var found = await FindAsync(words, "");
        Kind.Expect(found.Count == 1 && Id(found[0], "id") == needle.Message, $"“{words}” finds {found.Count} instead of its message");
    }

    private async Task NoneAsync(string words)
    {
        var found = await FindAsync(words, "");
        Kind.Expect(found.Count == 0, $"“{words}” finds {found.Count}");
    }

    private async Task<JsonArray> SomeAsync(string words, string more = "")
    {
        var found = await FindAsync(words, more);
        Kind.Expect(found.Count > 0, $"“{words}” finds nothing");
        return found;
    }

    private async Task FullAsync(string words, string more)
    {
        var found = await FindAsync(words, more);
        Kind.Expect(found.Count == Page, $"“{words}” finds {found.Count}");
    }

    private async Task PhraseAsync(int request)
    {
        var needle = planted.NeedleOf(request);
        var found = await FindAsync($"\"{needle.Phrase}\"", InMessages);
        // Where they are common, newer messages have them too.
        Kind.Expect(found.Count == Page || found.Any(result => Id(result, "id") == needle.Message), $"“{needle.Phrase}” is not found");
    }

    private async Task MinionAsync(int request)
    {
        var minion = planted.Chats.Values.ElementAt(request % Page);
        var found = await SomeAsync(Common(request), $"{InMessages}&minion_id={minion}");
        Kind.Expect(found.All(result => planted.Chats[Id(result, "conversation_id")] == minion), "a chat with another minion");
    }

    private async Task MonthAsync(int request)
    {
        var from = planted.Begin.AddDays(request % Months * (Planting.Days / Months));
        var until = from.AddDays(30);
        var found = await SomeAsync(Common(request), $"{InMessages}&from={Escaped(from)}&until={Escaped(until)}");
        Kind.Expect(found.All(result => result!["at"]!.GetValue<DateTimeOffset>() is var at && at >= from && at < until), "another month");

        static string Escaped(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));
    }

    private async Task SecondPageAsync(string word, JsonNode first)
    {
        var found = await SomeAsync(word, $"{InMessages}&cursor={(string?)first["next_cursor"]}");
        var before = first["results"]!.AsArray().Select(result => Id(result, "id")).ToHashSet();
        Kind.Expect(!found.Any(result => before.Contains(Id(result, "id"))), $"“{word}” finds the same on two pages");
    }
}
