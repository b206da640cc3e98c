using Republic.Core.Search;

namespace Republic.Tests.Unit.Search;

public sealed class SearchQuestionTests
{
    [Theory]
    [InlineData("quick bro", "'quick' & 'bro':*")]
    [InlineData("bro quick go", "'bro' & 'quick' & 'go'")]
    [InlineData("what's “this”?", "'what' & 's' & 'this':*")]
    [InlineData("图书馆", "'图书' & '书馆'")]
    [InlineData("水", "'水':*")]
    [InlineData("🦊, 100 %", "'🦊' & '100':*")]
    [InlineData("""%_'"\""", """'%' & '_' & '''' & '"' & '\\'""")]
    [InlineData("cat cat dog", "'cat' & 'dog':*")]
    public void All_words_must_be_there_and_the_last_may_have_been_begun(string folded, string query) =>
        Assert.Equal(query, SearchQuestion.Of(folded).Tsquery());

    [Fact]
    public void While_it_is_typed_each_word_may_be_the_beginning_of_one() =>
        Assert.Equal("'re':* & 'f':*", SearchQuestion.Typed("re f").Tsquery());

    [Fact]
    public void It_is_asked_of_the_citizens_of_a_conversation()
    {
        var (person, minion) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal($"'@{person:N}' & '@{minion:N}' & 'hi'", SearchQuestion.Of("hi").Tsquery(person, minion));
    }

    [Fact]
    public void The_words_of_a_page_are_too_many_and_the_first_count()
    {
        var question = SearchQuestion.Of(string.Join(' ', Enumerable.Range(100, 200)));

        Assert.Equal(32, question.Tsquery().Split(" & ").Length);
        Assert.Equal(8, question.Names.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0\u200b ")]
    public void Nothing_is_no_question(string folded) => Assert.True(SearchQuestion.Of(folded).IsEmpty);

    [Theory]
    [InlineData("ab c", true)]
    [InlineData("abc", false)]
    [InlineData("水", false)]
    [InlineData("🦊", false)]
    public void A_few_letters_are_too_short_for_all_that_was_ever_said(string folded, bool isShort) =>
        Assert.Equal(isShort, SearchQuestion.Of(folded).IsShort);

    [Theory]
    [InlineData("data - mo", "data mo")]
    [InlineData(", , , , , , , , , word", "word")]
    public void Signs_that_stand_alone_among_words_are_looked_for_in_no_name(string folded, string names) =>
        Assert.Equal(names.Split(' '), SearchQuestion.Of(folded).Names);

    [Fact]
    public void In_names_it_is_looked_for_as_it_stands_without_what_stands_around_words()
    {
        Assert.Equal([@"%100\%%", @"%a\_b%", @"%c:\\d%"], SearchQuestion.Of("""100%, "a_b" c:\d.""").Patterns);
        Assert.Equal(["""%"%"""], SearchQuestion.Of("\"").Patterns);
        Assert.Equal("% data mo%", SearchQuestion.Of("data mo").Beginning);
    }
}
