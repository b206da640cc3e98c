namespace Republic.Core.Security;

/// <summary>The one place a secret belongs to. A value sealed for one purpose does not open for another, so ciphertexts cannot be swapped between rows.</summary>
public readonly record struct SecretPurpose(string Table, string Column, Guid RowId);
