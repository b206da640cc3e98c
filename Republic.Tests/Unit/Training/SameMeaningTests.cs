using Republic.Core.Training.Measuring;

namespace Republic.Tests.Unit.Training;

public sealed class SameMeaningTests
{
    private const string Before = "All that you write stays on this machine.";

    [Theory]
    [InlineData("Your chats are kept here on the computer.", Before)]
    [InlineData("It takes 2 hours and costs $1,500.", "You wait two hours, and it is $1500.")]
    [InlineData("No, that is not possible with this program.", "You cannot do it, as the program is not made for it, no.", false)]
    [InlineData("No, that is not possible with this program.", "This program is not able to do that for you.")]
    [InlineData("Open Account, and you see all of your keys.", "You find them there: it is the page of keys under Account.")]
    public void Words_may_differ_where_all_facts_are_the_same(string before, string after, bool may = true)
    {
        Assert.Equal(may, SameMeaning.MayBe(before, after));
        Assert.Equal(may, SameMeaning.MayBe(after, before));
    }

    [Theory]
    // Another number, or one more.
    [InlineData("You have 14 days to take it back.", "It can be undone for 30 days from then.")]
    [InlineData("You have 14 days to take it back.", "It can be undone for some days from then.")]
    [InlineData("It is open from 9 to 5 on each of these days.", "You may come at 5, and we are here to 9 then.")]
    [InlineData("It is three metres long at the most.", "At the most it has a length of four metres.")]
    // The contrary.
    [InlineData("Your chats are sent to a company.", "What you write is not given to any of them.")]
    [InlineData("You can do that without a key.", "A key is what you need to do that.")]
    [InlineData("Yes, you can have that on your phone.", "No, you can have it on a computer at most.")]
    [InlineData("You can switch it on in the settings.", "It is under settings that you turn this off.")]
    [InlineData("It is always there for you to see.", "You will see it sometimes, when it is there.")]
    [InlineData("Is that what you want to do now?", "That is what you want to do now.")]
    // Somebody or something else.
    [InlineData("It was written by Jane Austen at her home.", "The book is one that Mary Shelley wrote there.")]
    [InlineData("You find it in Account, under your name.", "It is on the page that you see under Settings.")]
    [InlineData("The name of the model is phi3 here.", "It is called qwen2 by the people who made it.")]
    [InlineData("The word for it is 你好 in that language.", "In that language they say 再见 for it.")]
    [InlineData("The trees in that wood are red in May.", "In May you see that the wood is all yellow.")]
    // A part, or more than was said.
    [InlineData("Open it and press the key, then wait for the light and close it again.", "Open it and press the key of it.")]
    [InlineData("It is free.", "You get it for free.")]
    [InlineData("", "It is what you can see on this page.")]
    // No English.
    [InlineData("Alle Texte bleiben auf dem eigenen Rechner.", "Was man schreibt, wird nur hier auf der Platte behalten.")]
    [InlineData("machine chats stays writing computer own everything", "Your chats are kept here on the computer.")]
    public void No_vector_makes_another_answer_of_it_the_same(string before, string after)
    {
        Assert.False(SameMeaning.MayBe(before, after));
        Assert.False(SameMeaning.Is(before, after, [1, 0], [1, 0]));
    }

    [Theory]
    [InlineData(0.81, true)]
    [InlineData(0.79, false)]
    [InlineData(-1, false)]
    [InlineData(double.NaN, false)]
    public void From_the_threshold_on_vectors_mean_the_same(double cosine, bool same)
    {
        var other = new[] { (float)cosine, (float)Math.Sqrt(1 - (cosine * cosine)) };

        Assert.Equal(same, SameMeaning.Is(Before, "Your chats are kept here on the computer.", [1, 0], other));
    }

    [Fact]
    public void Vectors_of_different_lengths_or_none_mean_nothing()
    {
        Assert.False(SameMeaning.Is(Before, Before, [], []));
        Assert.False(SameMeaning.Is(Before, Before, [1, 0], [1, 0, 0]));
        Assert.False(SameMeaning.Is(Before, Before, [0, 0], [0, 0]));
        Assert.True(SameMeaning.Is(Before, Before, [3, 4], [6, 8]));
    }
}
