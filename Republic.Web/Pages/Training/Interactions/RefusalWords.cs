using Republic.Core.Interactions;
using Republic.Core.Interactions.PersonalData;

namespace Republic.Web.Pages.Training.Interactions;

internal static class RefusalWords
{
    public static string Of(PairRefusal reason) =>
        reason switch
        {
            PairRefusal.NotOptedIn => "The chat does not teach",
            PairRefusal.Incomplete => "The answer was cut off",
            PairRefusal.NotRated => "Not rated",
            PairRefusal.ScoreTooLow => "Rated 0.7 or less, and not corrected",
            PairRefusal.OtherModel => "Answered by another model",
            PairRefusal.TooShort => "Shorter than 10 characters",
            PairRefusal.TooLong => "Longer than 10,000 characters",
            PairRefusal.MemoryUsed => "The answer was given with memories of you",
            PairRefusal.TrainedBefore => "Learned by the version in use",
            PairRefusal.Repeated => "Says the same as another pair",
            PairRefusal.PiiUnreviewed => "Personal data that you have not decided about",
            PairRefusal.PiiDropped => "Personal data that you leave out",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
        };

    public static string Of(PersonalDataKind kind) =>
        kind switch
        {
            PersonalDataKind.Name => "Own names",
            PersonalDataKind.Email => "E-mail addresses",
            PersonalDataKind.Phone => "Phone numbers",
            PersonalDataKind.Iban => "Bank accounts (IBAN)",
            PersonalDataKind.Card => "Payment cards",
            PersonalDataKind.Ip => "IP addresses",
            PersonalDataKind.Key => "Keys and tokens",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind."),
        };

    public static string Of(PersonalDataRule rule) =>
        rule switch
        {
            PersonalDataRule.Mask => "Mask",
            PersonalDataRule.Keep => "Keep",
            _ => "Leave the pair out",
        };
}
