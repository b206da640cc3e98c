using Republic.Web.Pages.Search;

namespace Republic.Tests.Unit.Pages.Search;

public sealed class SearchMarksTests
{
    [Theory]
    [InlineData("Refund for order 10382", "refund", "[Refund] for order 10382")]
    [InlineData("40 of them about refunds", "refund", "40 of them about [refund]s")]
    [InlineData("Start of the art", "art", "Start of the [art]")]
    [InlineData("Yes: 100%_sure, I said", "said 100%_sure", "Yes: [100%_sure], I [said]")]
    [InlineData("The second disk", "\"second disk\"", "The [second] [disk]")]
    [InlineData("refund, refunds", "refund refunds", "[refund], [refunds]")]
    [InlineData("Der Ärger über Öl", "ärger öl", "Der [Ärger] über [Öl]")]
    [InlineData("Πού είναι το πλοίο", "ΠΛΟΊΟ", "Πού είναι το [πλοίο]")]
    [InlineData("Где лежит письмо?", "письмо", "Где лежит [письмо]?")]
    [InlineData("أين الرسالة الآن", "الرسالة", "أين [الرسالة] الآن")]
    [InlineData("איפה המכתב עכשיו", "המכתב", "איפה [המכתב] עכשיו")]
    [InlineData("पत्र कहाँ है", "कहाँ", "पत्र [कहाँ] है")]
    [InlineData("จดหมายอยู่ที่ไหน", "อยู่", "จดหมาย[อยู่]ที่ไหน")]
    [InlineData("我想退款，谢谢", "退款", "我想[退款]，谢谢")]
    [InlineData("手紙はどこですか", "どこ", "手紙は[どこ]ですか")]
    [InlineData("편지는 어디에", "편지", "[편지]는 어디에")]
    [InlineData("Bức thư ở đâu", "thư", "Bức [thư] ở đâu")]
    [InlineData("Well done 🎉🎉", "🎉", "Well done [🎉][🎉]")]
    [InlineData("Nothing of it", "absent", "Nothing of it")]
    [InlineData("Nothing of it", null, "Nothing of it")]
    [InlineData("Nothing of it", "\" ' \"", "Nothing of it")]
    [InlineData("", "absent", "")]
    public void Words_of_the_question_are_marked_where_a_word_begins_with_them(string text, string? question, string expected)
    {
        var marked = SearchMarks.Of(text, question);

        Assert.Equal(expected, string.Concat(marked.Parts.Select(part => part.Differs ? $"[{part.Text}]" : part.Text)));
    }
}
