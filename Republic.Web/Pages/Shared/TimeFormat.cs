namespace Republic.Web.Pages.Shared;

/// <summary>How a <c>&lt;time&gt;</c> is written.</summary>
public enum TimeFormat
{
    /// <summary>"03:41" today, "21 Nov, 23:04" this year, "2 Aug 2025" otherwise.</summary>
    Moment,

    /// <summary>"21 Nov, 23:04 Europe/Zagreb": for what is to come, which may be planned in another time zone.</summary>
    Zoned,

    /// <summary>"2 min ago": only for when somebody was last seen.</summary>
    Ago,

    /// <summary>"03:41:07": only for lines of a log.</summary>
    Clock,
}
