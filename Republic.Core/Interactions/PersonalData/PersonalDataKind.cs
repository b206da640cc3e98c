namespace Republic.Core.Interactions.PersonalData;

public enum PersonalDataKind
{
    /// <summary>The person's own names.</summary>
    Name,
    Email,
    Phone,

    /// <summary>A bank account whose check digits are right (ISO 13616, modulo 97).</summary>
    Iban,

    /// <summary>A payment card whose check digit is right (Luhn).</summary>
    Card,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Ip,

    /// <summary>An API key, a token or a private key, by its shape.</summary>
    Key,
}
