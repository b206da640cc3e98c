using Republic.Core.Interactions.PersonalData;
using static Republic.Tests.Unit.Interactions.PersonalDataAssert;

namespace Republic.Tests.Unit.Interactions;

public sealed class PersonalDataMaskTests
{
    private static readonly Dictionary<PersonalDataKind, PersonalDataRule> NoRules = [];

    [Theory]
    [InlineData(PersonalDataRule.Mask, "😀 [email] 😀 [ip]")]
    [InlineData(PersonalDataRule.Drop, "😀 [email] 😀 [ip]")]
    [InlineData(PersonalDataRule.Keep, "😀 anna@example.com 😀 [ip]")]
    public void Each_kind_is_masked_by_its_rule(PersonalDataRule rule, string masked)
    {
        const string text = "😀 anna@example.com 😀 203.0.113.7";
        Assert.Equal(
            masked,
            PersonalDataMask.Apply(
                text,
                Scanner.Find(text),
                new Dictionary<PersonalDataKind, PersonalDataRule> { [PersonalDataKind.Email] = rule }
            )
        );
    }

    [Fact]
    public void Each_kind_has_a_mark_in_which_nothing_is_found()
    {
        Assert.Equal(Enum.GetValues<PersonalDataKind>().Order(), PersonalDataMarks.All.Keys.Order());
        Assert.Empty(Person().Find(string.Join(' ', PersonalDataMarks.All.Values)));
    }

    [Fact]
    public void A_text_without_personal_data_stays_itself() =>
        Assert.Equal("Nothing 😀", PersonalDataMask.Apply("Nothing 😀", Scanner.Find("Nothing 😀"), NoRules));
}
