using System.Text;
using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Native;

namespace Republic.Tests.Unit.Inference;

public sealed class StandInTests
{
    [Theory]
    [InlineData("R2-D2")]
    [InlineData("Mr. Smith (Sales)")]
    [InlineData("<img src=x> alice")]
    [InlineData("HAL 9000")]
    [InlineData("GLaDOS")]
    [InlineData("Müller, Hans")]
    [InlineData("der Gärtner")]
    public void A_name_that_the_model_would_garble_is_never_shown_to_it(string name)
    {
        IReadOnlyList<ChatLine> lines =
        [
            new("system", $"You are {name}, a helpful minion."),
            new("user", "Who are you?"),
            new("assistant", $"I am {name}, a helpful minion."),
            new("user", $"Is {name} your name?"),
        ];

        var read = StandIn.For(lines)!.In(lines);

        Assert.Equal("You are Tinker, a helpful minion.", read[0].Content);
        Assert.Equal("Is Tinker your name?", read[3].Content);
        Assert.DoesNotContain(read, line => line.Content.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("You are R2-D2. Be kind, a friend to all.", "You are Tinker. Be kind, a friend to all.")]
    [InlineData("You are J. R. Tolkien 2, the story minion.", "You are Tinker, the story minion.")]
    [InlineData("I am HAL 9000, a calm minion.", "I am Tinker, a calm minion.")]
    [InlineData("Your name is K-9.", "Your name is Tinker.")]
    public void A_persons_own_words_may_introduce_it(string system, string read) =>
        Assert.Equal(read, StandIn.For([new("system", system)])!.In([new("system", system)])[0].Content);

    [Theory]
    [InlineData("You are Anna, a helpful minion.")]
    [InlineData("You are Marie-Antoinette, a minion.")]
    [InlineData("You are Wolfgang von Drachenfels, a minion.")]
    [InlineData("You are 王小明, a minion.")]
    [InlineData("You are प्रिया, a helpful minion.")]
    [InlineData("You are アレクサンドル, a minion.")]
    [InlineData("You are an expert in C#, the best there is.")]
    [InlineData("You are kind (always), a friend to all.")]
    [InlineData("Answer in verse (short).")]
    public void Other_names_and_instructions_stay(string system) => Assert.Null(StandIn.For([new("system", system)]));

    [Fact]
    public void A_name_that_occurs_in_the_chat_stands_in_for_nobody()
    {
        ChatLine[] lines = [new("system", "You are R2-D2, a minion."), new("user", "My sister is called Tinker.")];

        Assert.Equal("You are Milo, a minion.", StandIn.For(lines)!.In(lines)[0].Content);
    }

    [Fact]
    public void A_name_of_two_signs_is_replaced_where_it_is_told_alone()
    {
        ChatLine[] lines = [new("system", "You are 42, a minion."), new("user", "What is 6 times 7? Is it 42?")];

        Assert.Equal(["You are Tinker, a minion.", lines[1].Content], StandIn.For(lines)!.In(lines).Select(line => line.Content));
    }

    [Fact]
    public void Pieces_of_an_answer_get_the_name_back_and_nothing_of_the_other_is_seen()
    {
        var standIn = StandIn.For([new("system", "You are R2-D2, a minion.")])!;
        var seen = new StringBuilder();
        foreach (var piece in (string[])["I am", " Tin", "k", "er", ", of", " Ti", "n", ". Ti"])
        {
            seen.Append(standIn.Shown(piece));
            Assert.DoesNotContain("Tink", seen.ToString());
        }

        Assert.Equal("I am R2-D2, of Tin. Ti", seen.Append(standIn.Rest()).ToString());
    }
}
