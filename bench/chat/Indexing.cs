using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>How soon the app finds what is said.</summary>
internal sealed class Indexing(Site site, Person person, Guid minion)
{
    private const int WordsAsked = 8;
    private const string Waiting = """
        select exists (select from messages where not is_indexed and state not in ('Pending', 'Streaming', 'Waiting')) as waits
        """;
    private const string Same = "select count(*) as count from bench_words b join message_words w using (id) where w.words = b.words";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Takes the words of the newest messages from the index, and waits until the app has written the same ones again.</summary>
    /// <returns>Messages a second.</returns>
    public async Task<double> RateAsync(int messages)
    {
        await site.ExecuteAsync(
            $"create table bench_words as select id, words from message_words where owner_id = '{person.Id}' order by said_at desc limit {messages}"
        );
        await site.ExecuteAsync("delete from message_words where id in (select id from bench_words)");
        await site.ExecuteAsync("update messages set is_indexed = false where id in (select id from bench_words)");
        var begin = TimeProvider.System.GetTimestamp();
        await UntilAsync("all are indexed", async () => !(await site.RowsAsync(Waiting))[0].GetProperty("waits").GetBoolean());
        var took = TimeProvider.System.GetElapsedTime(begin);
        var same = (await site.RowsAsync(Same))[0].GetProperty("count").GetInt64();
        Kind.Expect(same == messages, $"of {messages} messages {same} have the words that were planted");
        await site.ExecuteAsync("drop table bench_words");
        return messages / took.TotalSeconds;
    }

    /// <summary>Asks the built-in model.</summary>
    /// <returns>From the end of each answer until it is found, milliseconds.</returns>
    public async Task<Spread> FreshnessAsync(int answers)
    {
        var begun = await person.PostAsync("/api/conversations", new JsonObject { ["participants"] = new JsonArray(minion) });
        var chat = begun["conversation"]!["id"]!.GetValue<Guid>();
        List<double> took = [];
        for (var i = 0; i < answers; i++)
        {
            var sent = await person.PostAsync($"/api/conversations/{chat}/messages", new JsonObject { ["content"] = "What can you do?" });
            var answer = sent["answer_id"]!.GetValue<Guid>();
            var text = "";
            await UntilAsync("the answer is complete", async () => (text = await CompleteAsync(answer)) is not null);
            var begin = TimeProvider.System.GetTimestamp();
            await UntilAsync("the answer is found", () => IsFoundAsync(text!, answer));
            took.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
        }

        return new Spread(took);
    }

    /// <summary>Its text; null while it is written.</summary>
    private async Task<string?> CompleteAsync(Guid answer)
    {
        var message = (await person.GetAsync($"/api/messages/{answer}"))["message"]!;
        var state = (string?)message["state"];
        Kind.Expect(state is "pending" or "streaming" or "complete", $"the answer is {state}: {(string?)message["error"]}");
        return state == "complete" ? (string?)message["content"] : null;
    }

    private async Task<bool> IsFoundAsync(string text, Guid answer)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(WordsAsked));
        var found = await person.GetAsync($"/api/search?kind=message&q={Uri.EscapeDataString(words)}");
        return found["results"]!.AsArray().Any(result => result!["id"]!.GetValue<Guid>() == answer);
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Kind.Expect(
                TimeProvider.System.GetElapsedTime(begin) < Patience,
                $"after {Patience.TotalMinutes} minutes it is not so that {what}"
            );
            await Task.Delay(Often);
        }
    }
}
