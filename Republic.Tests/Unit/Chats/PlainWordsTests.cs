using Republic.Core.Chats.Messages;

namespace Republic.Tests.Unit.Chats;

public sealed class PlainWordsTests
{
    [Theory]
    [InlineData("The lamp weighs two kilograms [1].", "The lamp weighs two kilograms.")]
    [InlineData("Both say so [1][2], and [1, 3] too.", "Both say so, and too.")]
    [InlineData("It breaks off in one [1", "It breaks off in one")]
    [InlineData("A link [1](https://example.com) stays, and a [note] too.", "A link [1](https://example.com) stays, and a [note] too.")]
    public void Numbers_of_passages_are_left_out(string answer, string line) => Assert.Equal(line, PlainWords.Uncited(answer));

    [Theory]
    [InlineData("C# notes", "C# notes")]
    [InlineData("  *new*\r\n[draft]\t_x_ - ~y~ ", "*new* [draft] _x_ - ~y~")]
    [InlineData("A\u0000 name\u202E", "A name")]
    [InlineData(" \u0007 ", "")]
    public void A_name_that_a_person_typed_keeps_all_that_is_seen(string typed, string name) => Assert.Equal(name, PlainWords.Named(typed));

    [Fact]
    public void Marks_of_Markdown_are_left_out_of_a_title() => Assert.Equal("Notes on C", PlainWords.OneLine("## **Notes** on `C#`", 200));

    [Fact]
    public void A_title_holds_nothing_that_is_not_seen() =>
        Assert.Equal("A title on one line", PlainWords.OneLine("A\u0000 title\r\n\u202Eon one\u0007 line", 200));
}
