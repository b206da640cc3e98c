using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>A person talks with the minion in a few chats while the app is killed, and has answers written again that a kill interrupted.</summary>
internal sealed class Talk(Site site, Person person, Guid minion)
{
    /// <summary>Questions in chats are numbered from here on, errands of tasks from 1.</summary>
    public const int First = 1_000_000;

    private const int Chats = 3;

    /// <summary>The newest answer of each chat.</summary>
    private const string Newest = """
        select c.id as chat, m.id, m.state from conversations c left join lateral (
          select id, state from messages where conversation_id = c.id order by created_at desc, id desc limit 1) m on true
        """;

    private int asked;

    public int WrittenAgain { get; private set; }

    public async Task BeginAsync()
    {
        for (var i = 0; i < Chats; i++)
        {
            await person.PostAsync("/api/conversations", new JsonObject { ["participants"] = new JsonArray(minion) });
        }
    }

    /// <summary>Does what is to be done next in each chat.</summary>
    /// <param name="isOver">No new question is asked.</param>
    /// <returns>Whether all answers have come to their end.</returns>
    public async Task<bool> GoOnAsync(bool isOver)
    {
        var isDone = true;
        foreach (var chat in await site.RowsAsync(Newest))
        {
            var state = chat.GetProperty("state").GetString();
            isDone &= state is null or "Complete";
            if (state is "Interrupted" or "Failed")
            {
                var again = await person.TryPostAsync($"/api/messages/{chat.GetProperty("id").GetString()}/regenerate");
                WrittenAgain += again is null ? 0 : 1;
            }
            else if (state is null or "Complete" && !isOver)
            {
                var question = new JsonObject { ["content"] = $"Errand {First + asked++}" };
                await person.TryPostAsync($"/api/conversations/{chat.GetProperty("chat").GetString()}/messages", question);
            }
        }

        return isDone;
    }

    /// <summary>Every answer has its end, its text is what the provider said so far, and nothing was asked, or paid for, twice.</summary>
    public async Task<(int Answers, int Interrupted)> JudgeAsync(Provider provider, List<string> violations)
    {
        var answers = await site.RowsAsync(
            $"""
            select m.id, substring(q.content from '[0-9]+')::int as errand, m.state, m.content, m.cost
            from messages m join messages q on q.id = m.parent_id where m.author_id = '{minion}'
            """
        );
        var calls = provider.Calls.Where(call => call.Errand is >= First and < Contest.First).ToLookup(call => call.Errand);
        foreach (var question in answers.ToLookup(answer => answer.GetProperty("errand").GetInt32()))
        {
            if (calls[question.Key].Count() > question.Count())
            {
                violations.Add($"Errand {question.Key} has {question.Count()} answers of {calls[question.Key].Count()} calls");
            }
        }

        violations.AddRange(answers.Select(Wrong).OfType<string>());
        var left = await site.RowsAsync(
            "select (select count(*) from message_pieces) + (select count(*) from task_attempt_pieces) + (select count(*) from comparison_answer_pieces) as pieces"
        );
        if (left[0].GetProperty("pieces").GetInt32() > 0)
        {
            violations.Add($"{left[0].GetProperty("pieces")} pieces of texts are left");
        }

        return (answers.Count, answers.Count(answer => answer.GetProperty("state").GetString() == "Interrupted"));
    }

    private static string? Wrong(JsonElement answer)
    {
        var (state, content) = (answer.GetProperty("state").GetString(), answer.GetProperty("content").GetString()!);
        var isPaid = answer.GetProperty("cost").ValueKind == JsonValueKind.Number;
        return state switch
        {
            "Complete" when !Provider.Texts.Contains(content) => $"Answer {answer.GetProperty("id")} is complete and says “{content}”",
            "Complete" when !isPaid => $"Answer {answer.GetProperty("id")} is complete and has no cost",
            "Interrupted" or "Failed" when !Provider.Texts.Any(text => text.StartsWith(content, StringComparison.Ordinal)) =>
                $"Answer {answer.GetProperty("id")} is {state} and says “{content}”",
            "Complete" or "Interrupted" or "Failed" => null,
            _ => $"Answer {answer.GetProperty("id")} is {state}",
        };
    }
}
