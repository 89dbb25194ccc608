"""What a shop file says of suppliers, base prices and commissions."""

import pytest

from store.shopfile import ShopFile, ShopFileError, read_text

SHOP = '[shop]\nslug = "duka"\nname = "Duka"\ncountry = "NG"\ntimezone = "Africa/Lagos"\n'
KILIMO = '[[suppliers]]\nkey = "kilimo"\nname = "Kilimo Ltd"\nphone = "08031234567"\n'
RICE = '[[products]]\nsku = "rice"\nname = "Rice"\nprice = 100\n'
KIND = '[[products.variants]]\nsku = "rice-5"\nattributes = { size = "5kg" }\n'


def read(text: str) -> ShopFile:
    return read_text(text, "duka.toml")


def test_a_supplier_gets_the_base_price() -> None:
    shop = read(SHOP + KILIMO + RICE + 'base_price = "80.50"\nsupplier = "kilimo"\n')
    assert shop.terms.suppliers[0].phone == "+2348031234567"
    assert (shop.products[0].supplier, shop.products[0].base_price) == ("kilimo", 8_050)


def test_a_kind_has_the_products_base_price_or_its_own() -> None:
    text = SHOP + KILIMO + RICE + 'base_price = 80\nsupplier = "kilimo"\n' + KIND
    (kind,) = read(text).products[0].variants
    assert kind.base_price is None
    (kind,) = read(text + "price = 90\nbase_price = 85\n").products[0].variants
    assert kind.base_price == 8_500


@pytest.mark.parametrize(
    ("more", "key", "reason"),
    [
        ('base_price = 101\nsupplier = "kilimo"', "products[0].base_price", "above the price"),
        (
            'wholesale_price = 70\nbase_price = 80\nsupplier = "kilimo"',
            "products[0].base_price",
            "above the price",
        ),
        ('supplier = "kilimo"', "products[0].base_price", "is missing"),
        ("base_price = 80", "products[0].supplier", "is missing"),
        ('base_price = 80\nsupplier = "kilima"', "products[0].supplier", "not among"),
        (
            f'base_price = 80\nsupplier = "kilimo"\n{KIND}price = 70',
            "products[0].base_price",
            'above the price of "rice-5"',
        ),
        (
            f'supplier = "kilimo"\n{KIND}price = 70\nbase_price = 71',
            "products[0].variants[0].base_price",
            "above the price",
        ),
    ],
)
def test_a_mistake_is_named(more: str, key: str, reason: str) -> None:
    with pytest.raises(ShopFileError) as caught:
        read(SHOP + KILIMO + RICE + more)
    (mistake,) = caught.value.mistakes
    assert mistake.key == key
    assert reason in mistake.reason


def test_a_suppliers_key_is_there_once() -> None:
    with pytest.raises(ShopFileError, match="twice"):
        read(SHOP + KILIMO + KILIMO)


@pytest.mark.parametrize(
    ("more", "commission", "wholesale"),
    [
        ("", 700, 300),
        ('model = "marketplace"\n', 1_000, None),
        ('model = "reseller"\n', 0, None),
        ("commission = 5\n", 500, None),
        ("commission = 5\nwholesale_commission = 2.5\n", 500, 250),
        ("wholesale_commission = 4\n", 700, 400),
    ],
)
def test_a_model_has_its_rates_until_the_file_names_others(
    more: str, commission: int, wholesale: int | None
) -> None:
    shop = read(SHOP + more)
    assert (shop.commission, shop.terms.wholesale_commission) == (commission, wholesale)
