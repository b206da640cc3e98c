namespace Republic.Core.Interactions;

/// <summary>Why a pair is not learned, in the order in which the reasons are looked for.</summary>
public enum PairRefusal
{
    /// <summary>Not every person in the conversation agreed. Its texts are not read then.</summary>
    NotOptedIn,

    /// <summary>The answer was cut off, stopped or failed.</summary>
    Incomplete,
    NotRated,

    /// <summary>The score is 0.7 or less, and there is no correction.</summary>
    ScoreTooLow,

    /// <summary>Another model than the minion's present one answered.</summary>
    OtherModel,

    /// <summary>What would be learned has fewer than 10 characters.</summary>
    TooShort,

    /// <summary>What would be learned has more than 10,000 characters.</summary>
    TooLong,

    /// <summary>The prompt held memories of the person, and the person did not allow those, or forgot one of them since.</summary>
    MemoryUsed,

    /// <summary>It has personal data of a kind for which there is no rule yet.</summary>
    PiiUnreviewed,

    /// <summary>It has personal data of a kind whose pairs are dropped.</summary>
    PiiDropped,

    /// <summary>A newer pair says the same.</summary>
    Repeated,

    /// <summary>The version in use learned it.</summary>
    TrainedBefore,
}
