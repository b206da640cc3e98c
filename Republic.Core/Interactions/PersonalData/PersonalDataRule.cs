namespace Republic.Core.Interactions.PersonalData;

public enum PersonalDataRule
{
    /// <summary>Learned with a mark in its place, such as <c>[email]</c>.</summary>
    Mask,

    /// <summary>Learned as it stands.</summary>
    Keep,

    /// <summary>The pair is not learned.</summary>
    Drop,
}
