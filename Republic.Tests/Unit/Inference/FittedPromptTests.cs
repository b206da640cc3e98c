using Republic.Core;
using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Native;

namespace Republic.Tests.Unit.Inference;

/// <summary>Truncation of a conversation to the length up to which its model answers well. A word is a token here.</summary>
public sealed class FittedPromptTests
{
    private static readonly string[] Roles = ["user", "assistant", "system"];
    private int looks;
    private int read;

    [Fact]
    public void What_fits_stays_and_so_does_everything_where_no_length_is_known()
    {
        var chat = Chat("system: be kind", "user: a b", "assistant: c", "user: d");

        Assert.Equal(("be kind a b c d", 0), Fitted(chat, 6));
        Assert.Equal(("be kind a b c d", 0), Fitted(chat, null));
    }

    [Fact]
    public void The_oldest_turns_go_first_and_whole()
    {
        var chat = Chat("user: a1", "assistant: a2 a3", "user: b1", "assistant: b2", "user: c1", "assistant: c2", "user: d1");

        Assert.Equal(("b1 b2 c1 c2 d1", 2), Fitted(chat, 7));
        Assert.Equal(("b1 b2 c1 c2 d1", 2), Fitted(chat, 5));
        Assert.Equal(("c1 c2 d1", 4), Fitted(chat, 4));
    }

    [Fact]
    public void What_the_system_says_stays_wherever_it_stands()
    {
        var chat = Chat("system: s1 s2", "user: a1", "assistant: a2", "system: s3", "user: b1", "assistant: b2", "user: c1");

        Assert.Equal(("s1 s2 s3 b1 b2 c1", 2), Fitted(chat, 6));
    }

    [Fact]
    public void The_last_exchange_and_the_question_stay_however_long_they_are()
    {
        var chat = Chat("system: s1 s2", "user: a1", "assistant: a2", "user: b1 b1 b1", "assistant: b2 b2", "user: c1 c1 c1");

        Assert.Equal(("s1 s2 b1 b1 b1 b2 b2 c1 c1 c1", 2), Fitted(chat, 3));
        Assert.Equal(("one message that is longer", 0), Fitted(Chat("user: one message that is longer"), 2));
        Assert.Equal(
            ("a1 a2 one message that is longer", 0),
            Fitted(Chat("user: a1", "assistant: a2", "user: one message that is longer"), 2)
        );
    }

    [Fact]
    public void An_answer_that_is_to_be_gone_on_with_is_the_last_exchange()
    {
        var chat = Chat("user: a1", "assistant: a2", "user: b1", "assistant: b2");

        Assert.Equal(("b1 b2", 2), Fitted(chat, 2));
        Assert.Equal(("b1 b2", 2), Fitted(chat, 1));
    }

    [Fact]
    public void What_was_said_before_the_first_question_belongs_to_it()
    {
        var chat = Chat("assistant: hello", "user: a1", "assistant: a2", "user: b1", "assistant: b2", "user: c1");

        Assert.Equal(("b1 b2 c1", 3), Fitted(chat, 5));
    }

    [Fact]
    public void Of_thousands_of_messages_few_prompts_are_made()
    {
        var chat = Chat([.. Enumerable.Range(0, 20_000).SelectMany(i => new[] { $"user: q{i}", $"assistant: a{i}" }), "user: end"]);

        Assert.Equal(("a19999 end".Split(' ')[1], 40_000 - 8), (Fitted(chat, 9).Text.Split(' ')[^1], Fitted(chat, 9).Omitted));
        Assert.InRange(looks, 1, 40);
    }

    [Fact]
    public void Of_a_long_chat_no_more_is_read_than_could_stay()
    {
        var chat = Chat([.. Enumerable.Range(0, 500_000).Select(i => $"user: q{i}")]);

        Assert.Equal(500_000 - 100, Fitted(chat, 100, least: 1).Omitted);
        Assert.InRange(read, 100, 1_000);
        Assert.Equal(500_000, FittedPrompt.Least(chat, length: null, _ => 1));
        Assert.Equal(2, FittedPrompt.Least(chat, length: 100, _ => 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_known_of_the_lengths_changes_nothing_of_what_stays(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        for (var i = 0; i < 200; i++)
        {
            var chat = Chat([
                .. Enumerable
                    .Range(0, 1 + random.Next(12))
                    .Select(at =>
                        $"{Roles[random.Next(Roles.Length)]}: {string.Join(' ', Enumerable.Repeat($"w{at}", 1 + random.Next(4)))}"
                    ),
            ]);
            var length = random.Next(20);

            Assert.Equal(Fitted(chat, length, least: 0), Fitted(chat, length, least: null));
            Assert.Equal(Fitted(chat, length, least: 0), Fitted(chat, length, least: 1));
        }
    }

    private static List<ChatLine> Chat(params IReadOnlyList<string> lines) =>
        [.. lines.Select(line => line.Split(": ", 2)).Select(parts => new ChatLine(parts[0], parts[1]))];

    /// <param name="least">What is known of how long each message is at least; null where that is all there is to know.</param>
    private (string Text, int Omitted) Fitted(IReadOnlyList<ChatLine> chat, int? length, int? least = 0)
    {
        var kept = new Dictionary<int[], string>();
        var fitted = FittedPrompt.Of(chat, length, line => least ?? line.Content.Split(' ').Length, Tokenize);
        return (kept[fitted.Tokens], fitted.Omitted);

        int[] Tokenize(IReadOnlyList<ChatLine> lines)
        {
            looks++;
            var text = string.Join(' ', lines.Select(line => line.Content));
            var tokens = new int[text.Split(' ').Length];
            read += tokens.Length;
            kept[tokens] = text;
            return tokens;
        }
    }
}
