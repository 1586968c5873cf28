namespace Simulant.Images.Codecs.Jpeg;

/// <summary>Constants of JPEG (ITU-T T.81).</summary>
internal static class JpegTables
{
    /// <summary>Where the k-th coefficient in zigzag order stands in its block (figure A.6).</summary>
    public static readonly byte[] Zigzag = MakeZigzag();

    /// <summary>Quantisation of luminance and of chrominance (tables K.1 and K.2), row after row.</summary>
    public static readonly byte[] Luminance =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100,
            103, 99,
    ];

    /// <inheritdoc cref="Luminance"/>
    public static readonly byte[] Chrominance =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Numbers of codes of 1 to 16 bits (tables K.3 to K.6): DC and AC of luminance, DC and AC of chrominance.</summary>
    public static readonly byte[][] CodeCounts =
    [
        [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
        [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    ];

    /// <summary>The values those codes stand for, in order.</summary>
    public static readonly byte[][] CodeValues =
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        Convert.FromHexString("01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435"
            + "363738393A434445464748494A535455565758595A636465666768696A737475767778797A838485868788898A92939495969798"
            + "999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4"
            + "F5F6F7F8F9FA"),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        Convert.FromHexString("000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A162434E125F11718191A262728292A"
            + "35363738393A434445464748494A535455565758595A636465666768696A737475767778797A82838485868788898A9293949596"
            + "9798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4"
            + "F5F6F7F8F9FA"),
    ];

    private static byte[] MakeZigzag()
    {
        byte[] order = new byte[64];
        int k = 0;
        for (int diagonal = 0; diagonal < 15; diagonal++)
            for (int i = Math.Max(0, diagonal - 7); i <= Math.Min(7, diagonal); i++)
            {
                int row = diagonal % 2 == 0 ? diagonal - i : i;
                order[k++] = (byte)(8 * row + diagonal - row);
            }
        return order;
    }
}
