namespace Republic.Core.Answering.Tools;

/// <summary>The state of a tool call. The names are those that are stored.</summary>
public enum ToolCallStatus
{
    /// <summary>It waits for a person to approve or refuse it.</summary>
    Pending,

    /// <summary>It may be made: nobody has to be asked, or a person approved it.</summary>
    Approved,

    /// <summary>It was not made: a person, or Republic itself, refused it.</summary>
    Refused,

    /// <summary>It is being made, or was when its process ended.</summary>
    Running,

    Completed,

    /// <summary>It was made, perhaps in part, and has no result.</summary>
    Failed,

    /// <summary>It waited longer than a call may, or the answer that it belongs to ended before.</summary>
    Expired,
}
